import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'demonstration.json';

/** What the last start left: `{ fingerprint, tarball, round, workflows: { <template file>: id } }`. */
export async function readState(folder) {
	try {
		return JSON.parse(await readFile(path.join(folder, FILE), 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') return { round: 0, workflows: {} };
		throw error;
	}
}

/** Written beside and then moved, so that a Ctrl-C in between leaves the old one whole. */
export async function writeState(folder, state) {
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, FILE);
	await writeFile(`${file}.new`, `${JSON.stringify(state, null, '\t')}\n`);
	await rename(`${file}.new`, file);
}
