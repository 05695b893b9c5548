/**
 * `npm test [-- <jest arguments>]`: everything but the tests in the real n8n, from nothing: installs what is missing, checks the types,
 * builds, runs Jest. The last line is "N passed, N failed, N skipped"; the exit code is 0 only if nothing failed.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { progressOf } from './host/progress.mjs';
import { InstallError, REPO, installNodeTestModules, installProject, npm } from './project.mjs';

const progress = progressOf();
const totals = { passed: 0, failed: 0, skipped: 0 };

/** A step that has to succeed before the tests make sense; counts as one failed test if it does not. */
async function must(title, work) {
	try {
		await progress.step(title, work);
		return true;
	} catch (error) {
		console.error(error instanceof InstallError ? error.message : error);
		totals.failed += 1;
		return false;
	}
}

async function runJest(args) {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'loyalty-test-'));
	const results = path.join(folder, 'results.json');
	try {
		const child = spawn(
			process.execPath,
			[
				path.join(REPO, 'node_modules', 'jest', 'bin', 'jest.js'),
				'--json',
				`--outputFile=${results}`,
				...args,
			],
			// Jest writes its report to stderr; with --json, stdout holds the same JSON as the file.
			{ cwd: REPO, stdio: ['ignore', 'ignore', 'inherit'] },
		);
		const code = await new Promise((resolve) =>
			child.once('close', (value) => resolve(value ?? 1)),
		);
		const text = await readFile(results, 'utf8').catch(() => undefined);
		if (text === undefined) {
			console.error('Jest ended without a result.');
			totals.failed += 1;
			return;
		}
		const result = JSON.parse(text);
		totals.passed += result.numPassedTests;
		// A file that does not load has no tests to fail, but it has failed.
		totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
		totals.skipped += result.numPendingTests + result.numTodoTests;
		if (code !== 0 && totals.failed === 0) totals.failed += 1;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function main(args) {
	try {
		await installProject({ progress });
	} catch (error) {
		console.error(error instanceof InstallError ? error.message : error);
		totals.failed += 1;
		return;
	}
	const isReady =
		(await must('Checking the types', () =>
			npm(['run', 'typecheck'], { what: 'The type check' }),
		)) && (await must('Building', () => npm(['run', 'build'], { what: 'The build' })));
	if (!isReady) return;
	let only = [];
	try {
		await installNodeTestModules({ progress });
	} catch (error) {
		console.error(error instanceof InstallError ? error.message : error);
		console.error('The node tests cannot run without it; only the tests of the engine follow.');
		totals.failed += 1;
		only = ['--selectProjects', 'engine'];
	}
	await runJest([...only, ...args]);
}

await main(process.argv.slice(2));
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
