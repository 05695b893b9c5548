/** Loads the test files named on the command line into one process, so that they share one n8n, and ends it after the last. */
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';

import { closeSharedWorld } from './n8n.mjs';

after(closeSharedWorld);
for (const file of process.argv.slice(2)) await import(pathToFileURL(file).href);
