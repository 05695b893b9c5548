import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const SOURCES = [
	'engine',
	'nodes',
	'credentials',
	'icons',
	'workflows',
	'package.json',
	'tsconfig.json',
];

async function filesBelow(place) {
	let entries;
	try {
		entries = await readdir(place, { withFileTypes: true });
	} catch (error) {
		if (error.code === 'ENOTDIR') return [place];
		if (error.code === 'ENOENT') return [];
		throw error;
	}
	const nested = await Promise.all(
		entries.map((entry) => filesBelow(path.join(place, entry.name))),
	);
	return nested.flat();
}

/** A hash of all that the packed package is made of: unchanged means that the last build still stands. */
export async function fingerprintOf(repo) {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		for (const file of (await filesBelow(path.join(repo, source))).sort()) {
			hash
				.update(path.relative(repo, file))
				.update('\0')
				.update(await readFile(file))
				.update('\0');
		}
	}
	return hash.digest('hex');
}
