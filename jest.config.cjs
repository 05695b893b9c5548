/**
 * Two projects: the engine (pure, milliseconds) and everything that needs n8n-core in process.
 * The real n8n has its own runner, test/host.
 */
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
const shared = {
	transform,
	testEnvironment: 'node',
	moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
	testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.host/', '/.start/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.host/', '<rootDir>/.start/'],
};

module.exports = {
	projects: [
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{
			...shared,
			displayName: 'nodes',
			testMatch: [
				'<rootDir>/test/nodes/**/*.test.ts',
				'<rootDir>/test/credentials/**/*.test.ts',
				'<rootDir>/test/package/**/*.test.ts',
				'<rootDir>/test/workflows/**/*.test.ts',
			],
		},
	],
};
