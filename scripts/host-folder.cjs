/**
 * Where the real n8n lies. Shared by the Jest configuration (CommonJS) and the scripts (ES modules), so it
 * uses nothing but what Node itself brings.
 *
 *   <host folder>/node/        Node 24, from the npm registry (what n8n 2.41 needs)
 *   <host folder>/n8n/         the whole n8n
 *   <host folder>/node-tests/  only what the node tests need: n8n-core and n8n-nodes-base
 *
 * The host folder is LOYALTY_HOST_DIR, or else `.host` in the checkout. A host that an earlier run of `.ci/run` left in the
 * cache is used as well, because fetching it again takes minutes.
 */
const { existsSync, readFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const N8N_CORE_VERSION = '2.41.1';

/** The folder into which a missing host is installed. */
function hostFolder() {
	return resolve(process.env.LOYALTY_HOST_DIR || join(root, '.host'));
}

/** The folder that outlives checkouts on this machine. */
function cacheFolder() {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-loyalty', 'host');
}

/** `.package-lock.json` is the last file npm writes: without it the installation was cut short. */
function isComplete(modules) {
	if (!existsSync(join(modules, '.package-lock.json'))) return false;
	const core = join(modules, 'n8n-core', 'package.json');
	const base = join(modules, 'n8n-nodes-base', 'dist', 'known', 'nodes.json');
	if (!existsSync(core) || !existsSync(base)) return false;
	return JSON.parse(readFileSync(core, 'utf8')).version === N8N_CORE_VERSION;
}

/** The node_modules folder with n8n-core and n8n-nodes-base for the node tests, or undefined when none is installed. */
function findNodeTestModules() {
	for (const folder of new Set([hostFolder(), join(root, '.host'), cacheFolder()])) {
		for (const part of ['n8n', 'node-tests']) {
			const modules = join(folder, part, 'node_modules');
			if (isComplete(modules)) return modules;
		}
	}
	return undefined;
}

module.exports = { root, hostFolder, cacheFolder, findNodeTestModules };
