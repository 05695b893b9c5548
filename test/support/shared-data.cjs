/** Reads the data sets that lie beside the repository, in ../shared, when they are there. */
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..');
const SHARED = path.resolve(ROOT, '..', 'shared');

/** Rows of a CSV file as objects of text, or null when the file is not there. */
function readSharedCsv(relative) {
	const file = path.join(SHARED, relative);
	if (!fs.existsSync(file)) return null;
	const [head, ...lines] = fs.readFileSync(file, 'utf8').trim().split(/\r?\n/);
	const names = head.split(',');
	return lines.map((line) => {
		const cells = line.split(',');
		return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
	});
}

/** `describe` when the file is there; otherwise a skipped `describe` whose title says what is missing. */
function describeWithShared(relative, title, body) {
	const rows = readSharedCsv(relative);
	if (rows === null)
		describe.skip(`${title} (skipped: ../shared/${relative} is not there)`, () => body([]));
	else describe(title, () => body(rows));
}

module.exports = { readSharedCsv, describeWithShared };
