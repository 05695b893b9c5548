/** The importable templates of the package, in the order of their names. */
const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '..', '..', 'workflows');

module.exports = {
	/** `[file name, parsed workflow]` of every template. */
	workflowFiles: () =>
		fs
			.readdirSync(FOLDER)
			.filter((file) => file.endsWith('.json'))
			.sort()
			.map((file) => [file, JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8'))]),
};
