/** Reads the webhook bodies that lie beside the repository, in ../shared/payloads, when they are there. */
const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '..', '..', '..', 'shared', 'payloads');

/**
 * Every body of a platform: its file, its raw text, the headers it was captured with, and the topic its file name
 * states (null for REST resources, which have none). Null when the folder is not there.
 */
function readStorePayloads(platform) {
	const folder = path.join(FOLDER, platform);
	if (!fs.existsSync(folder)) return null;
	return fs
		.readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const [kind] = file.split('--');
			const source = path.join(folder, file.replace('.json', '.source.txt'));
			const notes = fs.existsSync(source) ? fs.readFileSync(source, 'utf8') : '';
			return {
				file: `${platform}/${file}`,
				raw: fs.readFileSync(path.join(folder, file), 'utf8'),
				headers: Object.fromEntries(
					[...notes.matchAll(/^\s+([a-z-]+): (.*)$/gm)].map(([, name, value]) => [name, value]),
				),
				topic: kind.endsWith('resource')
					? null
					: kind.replace('-', platform === 'shopify' ? '/' : '.'),
			};
		});
}

/** `describe` with the bodies when they are there; otherwise a skipped `describe` whose title says what is missing. */
function describeWithPayloads(platform, title, body) {
	const payloads = readStorePayloads(platform);
	if (payloads === null) {
		describe.skip(`${title} (skipped: ../shared/payloads/${platform} is not there)`, () => {
			it('needs the payloads', () => {});
		});
	} else describe(title, () => body(payloads));
}

module.exports = { readStorePayloads, describeWithPayloads };
