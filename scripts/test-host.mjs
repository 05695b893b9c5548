/**
 * `npm run test:host [-- <part of a file name> …]`: installs the real n8n if it is not there, builds and packs this package,
 * and runs test/host/**\/*.test.mjs one after the other in one process, so that they share one n8n. The last line is
 * "N passed, N failed, N skipped"; the exit code is 0 only if nothing failed.
 */
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { builtTarball } from './build.mjs';
import { HostInstallError, installHost, progressOf } from './host/index.mjs';
import { InstallError, REPO, installProject } from './project.mjs';

const TESTS = path.join(REPO, 'test', 'host');

async function testFiles(wanted) {
	const all = await readdir(TESTS, { recursive: true });
	return all
		.filter((name) => name.endsWith('.test.mjs'))
		.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
		.sort()
		.map((name) => path.join(TESTS, name));
}

/** Runs the files in one process of its own and counts from the closing lines of Node's test runner. */
async function run(files, env) {
	const child = spawn(
		process.execPath,
		[
			'--test-reporter=spec',
			'--test-reporter-destination=stdout',
			path.join(TESTS, 'support', 'all.mjs'),
			...files,
		],
		{ cwd: REPO, env, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let closing = '';
	child.stdout.on('data', (chunk) => {
		process.stdout.write(chunk);
		closing = (closing + chunk).slice(-200_000);
	});
	const interrupt = () => child.kill('SIGINT');
	process.once('SIGINT', interrupt);
	const code = await new Promise((resolve) => child.once('close', (value) => resolve(value ?? 1)));
	process.off('SIGINT', interrupt);
	const count = (name) =>
		Number([...closing.matchAll(new RegExp(`${name} (\\d+)`, 'g'))].at(-1)?.[1] ?? 0);
	return {
		code,
		passed: count('pass'),
		failed: count('fail') + count('cancelled'),
		skipped: count('skipped') + count('todo'),
	};
}

async function main() {
	const progress = progressOf();
	const files = await testFiles(process.argv.slice(2));
	if (files.length === 0) {
		console.error(`No test file under test/host matches ${process.argv.slice(2).join(' ')}`);
		return 1;
	}
	await installProject({ progress });
	await installHost({ progress });
	const tarball = await builtTarball({ progress });
	const { code, passed, failed, skipped } = await run(files, {
		...process.env,
		LOYALTY_TARBALL: tarball,
	});
	console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
	return code === 0 && failed === 0 && passed > 0 ? 0 : 1;
}

try {
	process.exitCode = await main();
} catch (error) {
	const isKnown = error instanceof HostInstallError || error instanceof InstallError;
	console.error(isKnown ? error.message : error);
	console.log('0 passed, 1 failed, 0 skipped');
	process.exitCode = 1;
}
