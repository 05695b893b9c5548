import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { packPackage } from './host/package.mjs';
import { silent } from './host/progress.mjs';

const REPO = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function npm(args) {
	return new Promise((resolve, reject) => {
		const child = spawn('npm', args, {
			cwd: REPO,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) resolve(output);
			else
				reject(
					new Error(
						`npm ${args.join(' ')} ended with exit code ${code}:\n${output.trim().split('\n').slice(-40).join('\n')}`,
					),
				);
		});
	});
}

/** Installs what the project itself needs for building, where that has not been done yet. */
export async function installProject({ progress = silent } = {}) {
	if (existsSync(path.join(REPO, 'node_modules', '@n8n', 'node-cli', 'package.json'))) return;
	await progress.step('Installing what this project needs for building', () => npm(['install']));
}

/** Builds this package and gives the path of the tarball that a registry would get. */
export async function builtTarball({ progress = silent, destination } = {}) {
	await progress.step('Building this package', () => npm(['run', 'build']));
	return await packPackage(REPO, destination);
}
