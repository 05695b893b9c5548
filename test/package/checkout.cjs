/** Reads the checkout for the tests of the package: what is in it, what it imports, what npm would pack. */
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const typescript = require('typescript');

const root = path.resolve(__dirname, '..', '..');
const inRoot = (name) => path.join(root, name);

/** All files below a folder, as paths from the root with forward slashes. */
function filesIn(folder) {
	if (!existsSync(inRoot(folder))) return [];
	return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
		.map((name) => name.split(path.sep).join('/'))
		.sort();
}

/** What a source file imports, in the order of the file. */
function importsOf(name) {
	return typescript
		.preProcessFile(readFileSync(inRoot(name), 'utf8'), true, true)
		.importedFiles.map(({ fileName }) => fileName);
}

/** The files of the tarball that npm would publish. */
function packedFiles() {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	const [pack] = Object.values(JSON.parse(output));
	return pack.files.map(({ path: name }) => name).sort();
}

module.exports = {
	exists: (name) => existsSync(inRoot(name)),
	read: (name) => readFileSync(inRoot(name), 'utf8'),
	readJson: (name) => JSON.parse(readFileSync(inRoot(name), 'utf8')),
	filesIn,
	importsOf,
	packedFiles,
	topFolders: () =>
		readdirSync(root, { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
			.map((entry) => entry.name)
			.filter((name) => name !== 'node_modules' && name !== 'dist' && name !== 'coverage'),
};
