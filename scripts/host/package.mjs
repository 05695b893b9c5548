import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

function mustRun(command, args, options) {
	const { status, error, stdout, stderr } = spawnSync(command, args, {
		encoding: 'utf8',
		...options,
	});
	if (error !== undefined || status !== 0) {
		throw new Error(
			`"${command} ${args.join(' ')}" did not succeed: ${error?.message ?? `${stdout}\n${stderr}`.trim()}`,
		);
	}
	return stdout;
}

/** The tarball that a registry would get from the package at `root` (which must be built). */
export async function packPackage(root, destination) {
	const into = destination ?? (await mkdtemp(path.join(os.tmpdir(), 'loyalty-pack-')));
	await mkdir(into, { recursive: true });
	for (const name of await readdir(into)) {
		if (name.endsWith('.tgz')) await rm(path.join(into, name));
	}
	mustRun('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', into], {
		cwd: root,
		shell: process.platform === 'win32',
	});
	const tarball = (await readdir(into)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no tarball in ${into}`);
	return path.join(into, tarball);
}

/**
 * Puts a packed package where n8n keeps community packages (`<user folder>/.n8n/nodes/node_modules/<name>`), as its own
 * installer does; node types then carry the package's name (`n8n-nodes-loyalty.loyalty`), not `CUSTOM.`. A package without
 * dependencies needs nothing more.
 */
export async function placePackage(tarball, userFolder, name) {
	const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	await mkdir(modules, { recursive: true });
	const unpacked = await mkdtemp(path.join(modules, '.unpack-'));
	mustRun('tar', ['-xzf', path.basename(tarball), '-C', unpacked], { cwd: path.dirname(tarball) });
	const target = path.join(modules, name);
	await rm(target, { recursive: true, force: true });
	await mkdir(path.dirname(target), { recursive: true });
	await rename(path.join(unpacked, 'package'), target);
	await rm(unpacked, { recursive: true, force: true });
	return target;
}
