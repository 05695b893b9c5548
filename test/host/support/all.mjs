/** Loads the test files named on the command line into one process, so that they share one n8n. */
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) await import(pathToFileURL(file).href);
