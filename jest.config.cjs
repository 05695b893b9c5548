/**
 * Two projects: the engine (pure, milliseconds) and everything that needs n8n-core in process.
 * The real n8n has its own runner, test/host.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { findNodeTestModules } = require('./scripts/host-folder.cjs');

const transform = {
	'^.+\\.ts$': [
		'@swc/jest',
		{
			jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
			module: { type: 'commonjs' },
			sourceMaps: 'inline',
		},
	],
};
// Packages below n8n-nodes-base that are ES modules only, which Jest cannot require before Node 24.9.
const esModules = [
	'change-case',
	'htmlparser2',
	'domelementtype',
	'domhandler',
	'dom-serializer',
	'domutils',
	'entities',
];
const hostTransform = {
	[`/node_modules/(${esModules.join('|')})/.+\\.js$`]: [
		'@swc/jest',
		{
			jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022' },
			module: { type: 'commonjs' },
		},
	],
};
const shared = {
	transform,
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
	// Only these: walking through an installed n8n would take longer than the tests.
	roots: ['credentials', 'engine', 'nodes', 'test', 'workflows']
		.map((folder) => join(__dirname, folder))
		.filter((folder) => existsSync(folder)),
	testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.host/', '/.start/'],
};

// The nodes and n8n-core must share one n8n-workflow: errors are told apart by class.
const modules = findNodeTestModules();
const moduleNameMapper = modules && {
	'^n8n-workflow$': join(modules, 'n8n-workflow', 'dist', 'cjs', 'index.js'),
};

module.exports = {
	// A machine that is busy with something else must not fail a test: none of them asserts how long anything takes.
	testTimeout: 120_000,
	// Generous: a slow machine is no fault of the code.
	testTimeout: 120_000,
	projects: [
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{
			...shared,
			displayName: 'nodes',
			transform: { ...transform, ...hostTransform },
			transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(${esModules.join('|')})/)`],
			setupFiles: ['<rootDir>/test/nodes/runtime/environment.cjs'],
			moduleNameMapper: moduleNameMapper ?? {},
			testMatch: [
				'<rootDir>/test/nodes/**/*.test.ts',
				'<rootDir>/test/credentials/**/*.test.ts',
				'<rootDir>/test/package/**/*.test.ts',
				'<rootDir>/test/workflows/**/*.test.ts',
			],
		},
	],
};
