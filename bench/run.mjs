/**
 * `npm run bench [-- <part of a file name> …]`: builds, then runs every bench/*.bench.mjs in a process of its own, one after the other,
 * and prints what came out as tables of ratios. `--no-build` takes dist/ as it is.
 *
 * A bench file exports by default
 *   { title, run: async ({ dist, log }) => rows }
 * with `dist` the absolute path of the built package, `log(text)` for progress, and rows of
 *   { what, ours, theirs?, ratio?, goal?, met? }
 * `ours` and `theirs` are texts with units ("1.2 ms"), `ratio` a number (ours / theirs, or whatever `title` says), `goal` a text ("≤ 1.0"),
 * `met` true or false where there is a goal. A file that has nothing to compare with returns [] after saying why in `log`.
 * The exit code is 0 if every file ran, whether or not its goals were met: figures of a busy machine are no verdict.
 */
import { fork } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { progressOf } from '../scripts/host/progress.mjs';
import { InstallError, REPO, installProject, npm } from '../scripts/project.mjs';

const BENCH = path.join(REPO, 'bench');
const DIST = path.join(REPO, 'dist');
const SELF = fileURLToPath(import.meta.url);

function table(rows) {
	const columns = [
		['what', ({ what }) => what],
		['ours', ({ ours }) => ours ?? ''],
		['against', ({ theirs }) => theirs ?? ''],
		['ratio', ({ ratio }) => (ratio === undefined ? '' : ratio.toPrecision(3))],
		['goal', ({ goal }) => goal ?? ''],
		['met', ({ met }) => (met === undefined ? '' : met ? 'yes' : 'NO')],
	].filter(([, cell]) => rows.some((row) => cell(row) !== ''));
	const cells = [
		columns.map(([name]) => name),
		...rows.map((row) => columns.map(([, cell]) => cell(row))),
	];
	const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
	const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	return [
		line(cells[0]),
		`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
		...cells.slice(1).map(line),
	].join('\n');
}

/** The child: one file, its rows to the parent. */
async function runOne(file) {
	const { default: bench } = await import(pathToFileURL(file).href);
	const log = (text) => console.log(`  ${text}`);
	console.log(`\n${bench.title}`);
	const rows = await bench.run({ dist: DIST, log });
	await new Promise((resolve) => process.send({ rows }, resolve));
	process.disconnect();
}

function inChild(file) {
	return new Promise((resolve) => {
		const child = fork(SELF, ['--one', file], {
			execArgv: ['--expose-gc', '--max-old-space-size=8192'],
		});
		let rows;
		child.on('message', (message) => ({ rows } = message));
		child.once('close', (code) => resolve(code === 0 ? rows : undefined));
	});
}

async function main(args) {
	const wanted = args.filter((arg) => !arg.startsWith('--'));
	const files = (await readdir(BENCH))
		.filter((name) => name.endsWith('.bench.mjs'))
		.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
		.sort();
	if (files.length === 0) {
		console.error(`No file in bench/ matches ${wanted.join(' ')}`);
		return 1;
	}
	const progress = progressOf();
	await installProject({ progress });
	if (!args.includes('--no-build')) {
		await progress.step('Building', () => npm(['run', 'build'], { what: 'The build' }));
	}
	const failed = [];
	for (const name of files) {
		const rows = await inChild(path.join(BENCH, name));
		if (rows === undefined) failed.push(name);
		else if (rows.length > 0) console.log(table(rows));
	}
	if (failed.length > 0) console.error(`\nDid not run to their end: ${failed.join(', ')}`);
	return failed.length === 0 ? 0 : 1;
}

const args = process.argv.slice(2);
if (args[0] === '--one') {
	await runOne(args[1]);
} else {
	try {
		process.exitCode = await main(args);
	} catch (error) {
		console.error(error instanceof InstallError ? error.message : error);
		process.exitCode = 1;
	}
}
