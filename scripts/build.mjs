import { packPackage } from './host/package.mjs';
import { silent } from './host/progress.mjs';
import { REPO, npm } from './project.mjs';

/** Builds this package and gives the path of the tarball that a registry would get. */
export async function builtTarball({ progress = silent, destination } = {}) {
	await progress.step('Building this package', () =>
		npm(['run', 'build'], { what: 'The build of this package' }),
	);
	return await packPackage(REPO, destination);
}
