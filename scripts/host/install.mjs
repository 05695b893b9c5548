import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { withLock } from './lock.mjs';
import { silent } from './progress.mjs';
import { N8N_OVERRIDES, N8N_VERSION, NODE_VERSION, nodePackageName } from './versions.mjs';

const REPO = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const NEEDED_BYTES = 4 * 1024 ** 3;
// Disk that a complete installation takes: only for the progress line.
const USUAL_BYTES = 2.9 * 1024 ** 3;

/** Raised with words that a person can act on; everything else is a fault of ours. */
export class HostInstallError extends Error {
	name = 'HostInstallError';
}

/** Where the host lives: `LOYALTY_HOST_DIR`, or `.host` in the repository. */
export function hostDir() {
	return path.resolve(process.env.LOYALTY_HOST_DIR || path.join(REPO, '.host'));
}

function places(dir) {
	const nodePackage = nodePackageName();
	if (nodePackage === undefined) {
		throw new HostInstallError(
			`There is no packaged Node for ${process.platform} on ${process.arch}. The real n8n can be installed on Linux, macOS and Windows (x64), and on Linux and macOS (arm64).`,
		);
	}
	const windows = process.platform === 'win32';
	const nodeHome = path.join(dir, 'node', 'node_modules', nodePackage);
	return {
		dir,
		nodePackage,
		nodeHome,
		node: path.join(nodeHome, 'bin', windows ? 'node.exe' : 'node'),
		n8nDir: path.join(dir, 'n8n'),
		n8nBin: path.join(dir, 'n8n', 'node_modules', 'n8n', 'bin', 'n8n'),
		marker: path.join(dir, 'installed.json'),
	};
}

const wanted = () => ({
	n8n: N8N_VERSION,
	node: NODE_VERSION,
	platform: process.platform,
	arch: process.arch,
});

async function isComplete(host) {
	const text = await readFile(host.marker, 'utf8').catch(() => undefined);
	if (text === undefined) return false;
	const { installedAt: _when, ...what } = JSON.parse(text);
	return (
		JSON.stringify(what) === JSON.stringify(wanted()) &&
		existsSync(host.node) &&
		existsSync(host.n8nBin)
	);
}

/** The host if it is there whole, else undefined. Installs nothing. */
export async function findHost(dir = hostDir()) {
	const host = places(dir);
	return (await isComplete(host)) ? host : undefined;
}

/**
 * Puts Node 24 and n8n into `dir` unless they are there, and says where: `{ dir, node, n8nDir, n8nBin }`. Takes about five
 * minutes and 3 GB the first time, a few milliseconds later. Two processes at once: the second waits for the first.
 */
export async function installHost({ dir = hostDir(), progress = silent } = {}) {
	const host = places(dir);
	if (await isComplete(host)) return host;
	await mkdir(dir, { recursive: true });
	return await withLock(
		dir,
		'install',
		async () => {
			if (await isComplete(host)) return host;
			progress.line(
				`Installing n8n ${N8N_VERSION} with Node ${NODE_VERSION} into ${dir} (once; about 5 minutes and 3 GB)`,
			);
			await checkRoom(dir);
			await rm(host.marker, { force: true });
			await installNode(host, progress);
			await installN8n(host, progress);
			await writeFile(
				host.marker,
				`${JSON.stringify({ ...wanted(), installedAt: new Date().toISOString() }, null, '\t')}\n`,
			);
			return host;
		},
		{
			onWait: (pid) =>
				progress.line(
					`Process ${pid} is installing n8n into ${dir} already; waiting until it is done …`,
				),
		},
	);
}

async function checkRoom(dir) {
	const { bavail, bsize } = await statfs(dir);
	const free = bavail * bsize;
	if (free < NEEDED_BYTES) {
		throw new HostInstallError(
			`n8n needs about ${gigabytes(NEEDED_BYTES)} of disk at ${dir}, and ${gigabytes(free)} are free. Free some, or name another folder in the environment variable LOYALTY_HOST_DIR.`,
		);
	}
}

const gigabytes = (bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

async function writePackage(dir, content) {
	await mkdir(dir, { recursive: true });
	await writeFile(
		path.join(dir, 'package.json'),
		`${JSON.stringify({ private: true, ...content }, null, '\t')}\n`,
	);
}

async function installNode(host, progress) {
	const dir = path.join(host.dir, 'node');
	await writePackage(dir, { dependencies: { [host.nodePackage]: NODE_VERSION } });
	await progress.step(`Node ${NODE_VERSION} (${host.nodePackage})`, () =>
		npm(['install', '--ignore-scripts'], { cwd: dir, node: process.execPath, what: 'Node' }),
	);
	const version = await run(host.node, ['--version'], { cwd: dir });
	if (version.code !== 0 || version.output.trim() !== `v${NODE_VERSION}`) {
		throw new HostInstallError(
			`Node ${NODE_VERSION} was installed but does not run on this machine: ${version.output.trim() || `exit code ${version.code}`}`,
		);
	}
}

async function installN8n(host, progress) {
	await writePackage(host.n8nDir, {
		dependencies: { n8n: N8N_VERSION },
		overrides: N8N_OVERRIDES,
	});
	const modules = path.join(host.n8nDir, 'node_modules');
	// A tree without npm's own record was left in the middle of an installation: npm would trust what it finds there.
	if (!existsSync(path.join(modules, '.package-lock.json'))) {
		await rm(modules, { recursive: true, force: true });
	}
	const usedAtStart = await usedBytes(host.dir);
	const options = { cwd: host.n8nDir, node: host.node, nodeHome: host.nodeHome };
	await progress.step(
		`n8n ${N8N_VERSION}: packages`,
		() => npm(['install', '--ignore-scripts'], { ...options, what: 'n8n' }),
		async () => {
			const folders = await countFolders(modules);
			if (folders === 0) return 'asking the registry what is needed';
			const written = Math.max(0, (await usedBytes(host.dir)) - usedAtStart);
			return `unpacking ${folders} packages: ${gigabytes(written)} of about ${gigabytes(USUAL_BYTES)}`;
		},
	);
	await progress.step(`n8n ${N8N_VERSION}: its database driver is compiled for this machine`, () =>
		npm(['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false', '--foreground-scripts'], {
			...options,
			what: 'the database driver of n8n',
		}),
	);
	const probe = await run(host.node, ['-e', "require('sqlite3');require('isolated-vm')"], {
		cwd: host.n8nDir,
	});
	if (probe.code !== 0) {
		throw new HostInstallError(
			`The database driver of n8n was built but does not load: ${lastLines(probe.output, 5)}`,
		);
	}
}

/** Of the whole disk: cheaper to ask than to add up a hundred thousand files. */
async function usedBytes(dir) {
	const { blocks, bfree, bsize } = await statfs(dir);
	return (blocks - bfree) * bsize;
}

async function countFolders(modules) {
	const top = await readdir(modules).catch(() => []);
	let count = 0;
	for (const name of top) {
		if (name.startsWith('.')) continue;
		count += name.startsWith('@')
			? (await readdir(path.join(modules, name)).catch(() => [])).length
			: 1;
	}
	return count;
}

/**
 * The environment without what an outer `npm run` put there: its settings (this project's `ignore-scripts` among them) must
 * not decide how the host is installed.
 */
function environment({ node, nodeHome }) {
	const env = { ...process.env };
	for (const name of Object.keys(env)) {
		if (
			/^npm_(package|lifecycle|config_(ignore_scripts|local_prefix|omit|include|workspace))/i.test(
				name,
			)
		) {
			delete env[name];
		}
	}
	const separator = process.platform === 'win32' ? ';' : ':';
	env.PATH = `${path.dirname(node)}${separator}${env.PATH ?? ''}`;
	if (nodeHome !== undefined) env.npm_config_nodedir = nodeHome;
	env.npm_config_audit = 'false';
	env.npm_config_fund = 'false';
	env.npm_config_progress = 'false';
	env.npm_config_update_notifier = 'false';
	return env;
}

async function npm(args, { cwd, node, nodeHome, what }) {
	const cli = process.env.npm_execpath;
	const options = { cwd, env: environment({ node, nodeHome }) };
	const result =
		cli !== undefined && cli.endsWith('.js') && existsSync(cli)
			? await run(node, [cli, ...args], options)
			: await run('npm', args, { ...options, shell: process.platform === 'win32' });
	if (result.code !== 0) throw new HostInstallError(explain(what, result.output));
}

function explain(what, output) {
	const tail = lastLines(output, 12);
	if (/ENOSPC|no space left/i.test(output)) {
		return `${what} could not be installed: the disk is full. Free about ${gigabytes(NEEDED_BYTES)}, or name another folder in LOYALTY_HOST_DIR.\n${tail}`;
	}
	if (
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(output) &&
		!/node-gyp/i.test(output)
	) {
		return `${what} could not be installed: the package registry cannot be reached. Check the connection (and npm's proxy and registry settings) and start again; what is downloaded already is kept.\n${tail}`;
	}
	if (
		/node-gyp|gyp ERR|make: not found|g\+\+|not found: make|Could not find any Python/i.test(output)
	) {
		return `${what} could not be compiled: a C++ compiler, make and Python 3 are needed (Debian, Ubuntu: apt-get install g++ make python3; macOS: xcode-select --install). Install them and start again; what is downloaded already is kept.\n${tail}`;
	}
	if (/EACCES|EPERM|permission denied/i.test(output)) {
		return `${what} could not be installed: this user may not write to the folder. Give it the right to, or name another folder in LOYALTY_HOST_DIR.\n${tail}`;
	}
	return `${what} could not be installed. The last lines of npm:\n${tail}`;
}

const lastLines = (text, count) => text.trim().split(/\r?\n/).slice(-count).join(os.EOL);

function run(command, args, options) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		const take = (chunk) => {
			output = (output + chunk).slice(-200_000);
		};
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		child.once('error', (error) => resolve({ code: -1, output: `${output}\n${error.message}` }));
		child.once('close', (code) => resolve({ code: code ?? -1, output }));
	});
}
