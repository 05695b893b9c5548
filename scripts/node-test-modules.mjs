/** `node scripts/node-test-modules.mjs`: installs the parts of n8n that the node tests run on, for those who call Jest themselves. */
import { progressOf } from './host/progress.mjs';
import { InstallError, installNodeTestModules } from './project.mjs';

try {
	console.log(await installNodeTestModules({ progress: progressOf() }));
} catch (error) {
	console.error(error instanceof InstallError ? error.message : error);
	process.exitCode = 1;
}
