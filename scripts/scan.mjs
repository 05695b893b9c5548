/**
 * `npm run scan`: what n8n checks before it verifies a package, run on this checkout and on the tarball that a registry would get.
 * The scanner's own command only knows published packages; its analysis is called here directly. (The third part of it, where a
 * package was built, exists only once it is published.)
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { builtTarball } from './build.mjs';
import { progressOf } from './host/progress.mjs';
import { InstallError, REPO, installProject } from './project.mjs';

// What the scanner itself looks at in the two (scanner.mjs: SOURCE_FILE_PATTERNS and the tarball leg of analyzePackageByName).
const TARBALL_FILES = ['**/*.js', 'package.json'];

function unpack(tarball, folder) {
	const { status, stderr } = spawnSync(
		'tar',
		['-xzf', path.basename(tarball), '-C', folder, '--strip-components=1'],
		{ cwd: path.dirname(tarball), encoding: 'utf8' },
	);
	if (status !== 0) throw new InstallError(`The tarball could not be unpacked: ${stderr}`);
}

async function main() {
	const progress = progressOf();
	await installProject({ progress });
	const { SOURCE_FILE_PATTERNS, analyzePackage } = await import(
		'@n8n/scan-community-package/scanner/scanner.mjs'
	);
	const folder = await mkdtemp(path.join(os.tmpdir(), 'loyalty-scan-'));
	try {
		const tarball = await builtTarball({ progress, destination: path.join(folder, 'tarball') });
		const unpacked = await mkdtemp(path.join(folder, 'package-'));
		unpack(tarball, unpacked);
		const results = {
			'this checkout': await analyzePackage(REPO, SOURCE_FILE_PATTERNS),
			'the packed tarball': await analyzePackage(unpacked, TARBALL_FILES),
		};
		let isClean = true;
		for (const [what, { passed, message, details }] of Object.entries(results)) {
			// "No files found" counts as passed for the scanner, not here: then nothing was looked at.
			const isGood = passed && message === undefined;
			isClean &&= isGood;
			console.log(`${what}: ${isGood ? 'nothing found' : `${message}\n${details ?? ''}`}`);
		}
		return isClean ? 0 : 1;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

try {
	process.exitCode = await main();
} catch (error) {
	console.error(error instanceof InstallError ? error.message : error);
	process.exitCode = 1;
}
