import { exists, filesIn, importsOf, topFolders } from './checkout.cjs';

const sources = (folder: string) =>
	filesIn(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

/** The file or folder that a relative import means, from the root, without an extension. */
function target(file: string, imported: string): string {
	const resolved = file.split('/').slice(0, -1);
	for (const part of imported.split('/')) {
		if (part === '..') resolved.pop();
		else if (part !== '.') resolved.push(part);
	}
	return resolved.join('/');
}

const edges = (folder: string) =>
	sources(folder).flatMap((file) => importsOf(file).map((imported) => ({ file, imported })));
const isRelative = (imported: string) => imported.startsWith('.');
const say = ({ file, imported }: { file: string; imported: string }) =>
	`${file} imports ${imported}`;

/** Folders with an index.ts that an import reaches past. */
function pastTheDoor({ file, imported }: { file: string; imported: string }): boolean {
	if (!isRelative(imported)) return false;
	const parts = target(file, imported).split('/');
	const folders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
	return folders.some((folder) => exists(`${folder}/index.ts`) && !file.startsWith(`${folder}/`));
}

describe('engine/', () => {
	it('has sources', () => {
		expect(sources('engine').length).toBeGreaterThan(0);
	});

	it('imports nothing but luxon, zod/v4 and itself', () => {
		const foreign = edges('engine').filter(({ file, imported }) =>
			isRelative(imported)
				? !target(file, imported).startsWith('engine/')
				: !['luxon', 'zod/v4'].includes(imported),
		);
		expect(foreign.map(say)).toEqual([]);
	});
});

describe('nodes/ and credentials/', () => {
	it('import only what the host has', () => {
		const allowed = ['n8n-workflow', 'luxon', 'zod/v4', 'crypto', 'node:crypto'];
		const foreign = [...edges('nodes'), ...edges('credentials')].filter(
			({ imported }) => !isRelative(imported) && !allowed.includes(imported),
		);
		expect(foreign.map(say)).toEqual([]);
	});
});

describe('the checkout', () => {
	it('is entered by its doors: no import reaches into a folder that has an index.ts', () => {
		// Tests may: what stands behind a door is worth a test of its own.
		const all = ['engine', 'nodes', 'credentials'].flatMap(edges);
		expect(all.filter(pastTheDoor).map(say)).toEqual([]);
	});

	it('calls nothing by a name that says nothing', () => {
		const empty =
			/(^|\/)(utils?|helpers?|commons?|managers?|misc|lib)(\/|\.[a-z]+$|\.[a-z]+\.ts$)/i;
		const files = topFolders().flatMap(filesIn);
		expect(files.filter((file) => empty.test(file) && !file.includes('node_modules/'))).toEqual([]);
	});
});
