/**
 * Loads n8n-core, the host's own nodes, and this package's nodes straight from their TypeScript source (through Jest's transform, so
 * that no stale build is tested).
 */
const { existsSync, readFileSync } = require('node:fs');
const { join, basename } = require('node:path');
const { setImmediate } = require('node:timers');
const { findNodeTestModules, root } = require('../../../scripts/host-folder.cjs');

const modules = findNodeTestModules();
if (!modules) {
	throw new Error(
		'The parts of n8n that the node tests run on are not installed. Run: node scripts/node-test-modules.mjs',
	);
}

require(join(modules, 'reflect-metadata'));
const core = require(join(modules, 'n8n-core'));

const baseFolder = join(modules, 'n8n-nodes-base');
const known = JSON.parse(readFileSync(join(baseFolder, 'dist', 'known', 'nodes.json'), 'utf8'));

/** The class of one of the host's own nodes, by its type without the package name; undefined when there is none. */
function loadBaseNode(name) {
	const entry = known[name];
	if (!entry) return undefined;
	return new (require(join(baseFolder, entry.sourcePath))[entry.className])();
}

/** Every node that package.json registers, loaded from source, by its type without the package name. */
function loadOwnNodes() {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const nodes = {};
	for (const registered of manifest.n8n.nodes) {
		const source = join(root, registered.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		if (!existsSync(source))
			throw new Error(`package.json registers ${registered}, which has no source file`);
		const className = basename(source, '.node.ts');
		const node = new (require(source)[className])();
		nodes[node.description.name] = node;
	}
	return { packageName: manifest.name, nodes };
}

/** Every credential type that package.json registers, loaded from source. */
function loadOwnCredentials() {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return manifest.n8n.credentials.map((registered) => {
		const source = join(root, registered.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		return new (require(source)[basename(source, '.credentials.ts')])();
	});
}

/** Lets everything else that is ready run first. Taken from the module, so that Jest's fake timers leave it alone. */
function turn() {
	return new Promise((resolve) => setImmediate(() => resolve()));
}

module.exports = { core, loadBaseNode, loadOwnCredentials, loadOwnNodes, turn };
