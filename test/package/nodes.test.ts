import type {
	INodeProperties,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IVersionedNodeType,
	Themed,
} from 'n8n-workflow';

import { exists, read, readJson } from './checkout.cjs';
import { loadOwnCredentials, loadOwnNodes } from '../nodes/runtime/host.cjs';

const { nodes } = loadOwnNodes();
const credentials = loadOwnCredentials();

const folderOf = (description: INodeTypeDescription) => {
	const name = description.name.charAt(0).toUpperCase() + description.name.slice(1);
	return `nodes/${name}`;
};

/** One entry for every description of every version. */
const descriptions = Object.values(nodes).flatMap((node): INodeTypeDescription[] => {
	const versions = (node as IVersionedNodeType).nodeVersions;
	return versions
		? Object.values(versions).map((one) => one.description)
		: [(node as INodeType).description];
});

const padded = (version: number) => {
	const parts = String(version).split('.');
	while (parts.length < 3) parts.push('0');
	return `v${parts.join('.')}`;
};

const valuesOf = (property: INodeProperties | undefined): string[] =>
	((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));

/** Every operation a user can choose, as "<resource>/<operation>", "<operation>", or "output" for a node with neither. */
function operationsOf({ properties }: INodeTypeDescription): string[] {
	const resources = valuesOf(properties.find(({ name }) => name === 'resource'));
	const operations = properties.filter(
		({ name, type }) => name === 'operation' && type === 'options',
	);
	if (operations.length === 0) return ['output'];
	if (resources.length === 0) return operations.flatMap(valuesOf);
	return resources.flatMap((resource) =>
		operations
			.filter(({ displayOptions }) =>
				(displayOptions?.show?.resource as string[] | undefined)?.includes(resource),
			)
			.flatMap((property) => valuesOf(property).map((operation) => `${resource}/${operation}`)),
	);
}

/** Icons are named from the file that declares them; all of ours lie in icons/ or beside the node. */
function iconFile(icon: string, folder: string): string {
	const parts = [...folder.split('/'), ...icon.replace(/^file:/, '').split('/')];
	const resolved: string[] = [];
	for (const part of parts) {
		if (part === '..') resolved.pop();
		else if (part !== '.') resolved.push(part);
	}
	return resolved.join('/');
}

function expectIcons(icon: unknown, folder: string) {
	expect(icon).toEqual({ light: expect.any(String), dark: expect.any(String) });
	const { light, dark } = icon as Exclude<Themed<string>, string>;
	const files = [iconFile(light, folder), iconFile(dark, folder)];
	expect(files.filter((file) => !exists(file))).toEqual([]);
	expect(read(files[0])).not.toBe(read(files[1]));
	for (const file of files) expect(read(file)).toContain('<svg');
}

for (const description of descriptions) {
	describe(description.displayName, () => {
		const folder = folderOf(description);
		const file = `${folder}/${folder.split('/')[1]}`;

		it('has a codex by which n8n files and finds it', () => {
			const codex = readJson(`${file}.node.json`) as Record<string, unknown>;
			expect(codex.node).toBe(`n8n-nodes-loyalty.${description.name}`);
			expect(codex.categories).not.toEqual([]);
			// Without `resources` the host drops the whole codex.
			expect(codex.resources).toEqual(
				expect.objectContaining({ primaryDocumentation: expect.any(Array) }),
			);
		});

		it('has an icon for light and one for dark screens, and they differ', () => {
			expectIcons(description.icon, folder);
		});

		it('describes the output of every operation', () => {
			const versions = [description.version].flat().map(padded);
			const operations = operationsOf(description);
			expect(operations).not.toEqual([]);
			const schemas = versions.flatMap((version) =>
				operations.map((operation) => `${folder}/__schema__/${version}/${operation}.json`),
			);
			expect(schemas.filter((schema) => !exists(schema))).toEqual([]);
			for (const schema of schemas) {
				expect(readJson(schema)).toEqual(
					expect.objectContaining({ type: 'object', properties: expect.any(Object), version: 1 }),
				);
			}
		});
	});
}

for (const credential of credentials) {
	describe(credential.displayName, () => {
		it('has an icon for light and one for dark screens, and they differ', () => {
			expectIcons(credential.icon, 'credentials');
		});
	});
}
