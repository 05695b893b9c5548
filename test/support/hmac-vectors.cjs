/** Published signature vectors that lie beside the repository, in ../shared, when they are there. */
const fs = require('node:fs');
const path = require('node:path');

const FILE = path.resolve(__dirname, '..', '..', '..', 'shared', 'hmac-vectors.json');

/** The vectors of one platform, or null when the file is not there. */
function readHmacVectors(platform) {
	if (!fs.existsSync(FILE)) return null;
	return JSON.parse(fs.readFileSync(FILE, 'utf8')).vectors.filter(
		(vector) => vector.platform === platform,
	);
}

/** `describe` with the vectors when they are there; otherwise a skipped `describe` whose title says what is missing. */
function describeWithVectors(platform, title, body) {
	const vectors = readHmacVectors(platform);
	if (vectors === null) {
		describe.skip(`${title} (skipped: ../shared/hmac-vectors.json is not there)`, () => {
			it('needs the vectors', () => {});
		});
	} else describe(title, () => body(vectors));
}

module.exports = { describeWithVectors };
