/** The importable templates of the package, in the order of their names. */
const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '..', '..', 'workflows');

module.exports = {
	/** The page that says which template is for what. */
	readWorkflowsPage: () => fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8'),

	/** One template, by the beginning of its name. */
	workflowFile: (start) => {
		const file = fs.readdirSync(FOLDER).find((name) => name.startsWith(`${start}-`));
		if (file === undefined) throw new Error(`No template begins with ${start}`);
		return JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8'));
	},

	/** `[file name, parsed workflow]` of every template. */
	workflowFiles: () =>
		fs
			.readdirSync(FOLDER)
			.filter((file) => file.endsWith('.json'))
			.sort()
			.map((file) => [file, JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8'))]),
};
