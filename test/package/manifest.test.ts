import { exists, packedFiles, read, readJson } from './checkout.cjs';

interface Manifest {
	name: string;
	version: string;
	license: string;
	keywords: string[];
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	files: string[];
	scripts: Record<string, string>;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
}

const manifest = readJson('package.json') as Manifest;
const registered = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
const isBuilt = exists('dist');

describe('package.json', () => {
	it('brings nothing at run time: everything comes from the host', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('is checked in strict mode, and says what n8n looks for', () => {
		expect(manifest.n8n.strict).toBe(true);
		expect(manifest.license).toBe('MIT');
		expect(manifest.keywords).toContain('n8n-community-node-package');
	});

	it('runs nothing when it is installed', () => {
		const onInstall = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
		expect(Object.keys(manifest.scripts).filter((name) => onInstall.includes(name))).toEqual([]);
	});

	it('registers at least one node and one credential, each with a source file', () => {
		expect(manifest.n8n.nodes).not.toEqual([]);
		expect(manifest.n8n.credentials).not.toEqual([]);
		const sources = registered.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		expect(sources.filter((file) => !exists(file))).toEqual([]);
	});

	it('has its changes written down for the version it names', () => {
		expect(read('CHANGELOG.md')).toContain(`## [${manifest.version}]`);
	});

	// `npm test` builds first; whoever calls Jest alone may not have.
	(isBuilt ? it : it.skip)('registers only what the build makes', () => {
		expect(registered.filter((file) => !exists(file))).toEqual([]);
	});
});

(isBuilt ? describe : describe.skip)('the tarball', () => {
	const files = isBuilt ? packedFiles() : [];

	it('holds the nodes, the credentials, the templates and the licence', () => {
		expect(files).toEqual(expect.arrayContaining(['LICENSE', ...registered]));
		expect(files.filter((file) => /^workflows\/.+\.json$/.test(file))).not.toEqual([]);
	});

	it('holds nothing else: no tests, no sources, no tools', () => {
		const allowed = /^(package\.json|README\.md|LICENSE|dist\/.+|workflows\/.+)$/;
		const unwanted = /(^|\/)(test|tests|bench|scripts)\/|\.test\.|\.tsbuildinfo$|(?<!\.d)\.ts$/;
		expect(files.filter((file) => !allowed.test(file) || unwanted.test(file))).toEqual([]);
	});
});
