/**
 * What this project itself needs: everything in its own package.json, and for the node tests a few parts of n8n. Both are
 * installed only when something is missing, and with nothing but what Node brings.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { withLock } from './host/lock.mjs';
import { silent } from './host/progress.mjs';

const { findNodeTestModules, hostFolder } = createRequire(import.meta.url)('./host-folder.cjs');

export const REPO = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const PARTS = path.join(REPO, 'test', 'nodes', 'host-modules');

/** Raised with words that a person can act on. */
export class InstallError extends Error {
	name = 'InstallError';
}

/** Runs npm quietly and gives what it printed; when it does not succeed, the error ends with its last lines. */
export function npm(args, { cwd = REPO, what = `npm ${args.join(' ')}` } = {}) {
	// Where an outer `npm run` started must not decide where this one installs.
	const { npm_config_local_prefix: _outer, ...env } = process.env;
	return new Promise((resolve, reject) => {
		const child = spawn('npm', args, {
			cwd,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
			env: { ...env, npm_config_update_notifier: 'false' },
		});
		let output = '';
		const take = (chunk) => {
			output = (output + chunk).slice(-200_000);
		};
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		child.once('error', (error) => reject(new InstallError(`${what}: ${error.message}`)));
		child.once('close', (code) => {
			if (code === 0) return resolve(output);
			const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(output);
			const tail = output
				.trim()
				.split('\n')
				.slice(offline ? -8 : -40)
				.join('\n');
			reject(
				new InstallError(
					offline
						? `${what}: the package registry cannot be reached. Check the connection (and npm's proxy and registry settings) and start again.\n${tail}`
						: `${what} ended with exit code ${code}:\n${tail}`,
				),
			);
		});
	});
}

/** How many packages lie in a node_modules folder: only for the progress line. */
async function countPackages(modules) {
	let count = 0;
	for (const name of await readdir(modules).catch(() => [])) {
		if (name.startsWith('.')) continue;
		count += name.startsWith('@')
			? (await readdir(path.join(modules, name)).catch(() => [])).length
			: 1;
	}
	return count === 0 ? 'asking the registry what is needed' : `${count} packages in place`;
}

/** Installs what package.json names, where one of them is missing. */
export async function installProject({ progress = silent } = {}) {
	const modules = path.join(REPO, 'node_modules');
	const manifest = JSON.parse(await readFile(path.join(REPO, 'package.json'), 'utf8'));
	const isMissing = (name) => !existsSync(path.join(modules, name, 'package.json'));
	if (!Object.keys(manifest.devDependencies).some(isMissing)) return;
	await progress.step(
		'Installing what this project needs (once; about 1 minute)',
		() => npm(['install'], { what: 'Installing what this project needs' }),
		() => countPackages(modules),
	);
}

/**
 * Finds the parts of n8n that the node tests run on, or installs them (once, about 80 seconds and 840 MB) next to where the whole
 * n8n would go. A whole n8n that is there already serves as well.
 */
export async function installNodeTestModules({ progress = silent } = {}) {
	const found = findNodeTestModules();
	if (found) return found;
	const folder = path.join(hostFolder(), 'node-tests');
	const modules = path.join(folder, 'node_modules');
	await mkdir(folder, { recursive: true });
	return await withLock(folder, 'install', async () => {
		if (findNodeTestModules()) return findNodeTestModules();
		for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
			if (existsSync(path.join(PARTS, name))) {
				await cp(path.join(PARTS, name), path.join(folder, name));
			}
		}
		// A tree without npm's own record was left in the middle of an installation: npm would trust what it finds there.
		await rm(modules, { recursive: true, force: true });
		const what = 'Installing the parts of n8n that the node tests run on';
		await progress.step(
			`${what} into ${folder} (once; about 80 seconds and 840 MB)`,
			() => npm(['ci', '--ignore-scripts'], { cwd: folder, what }),
			() => countPackages(modules),
		);
		const installed = findNodeTestModules();
		if (!installed)
			throw new InstallError(`${what}: npm succeeded, but the parts are not in ${modules}`);
		return installed;
	});
}
