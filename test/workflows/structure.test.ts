import type { INode, INodeProperties, INodeTypeDescription, IWorkflowGroup } from 'n8n-workflow';
import {
	makeGetNodeTypeForGrouping,
	NodeHelpers,
	safeParseWorkflowStructure,
	validateWorkflowGroups,
} from 'n8n-workflow';

import { nodeTypes } from '../nodes/runtime/nodeTypes';
import { readWorkflowsPage, workflowFiles } from '../support/workflow-files.cjs';

const STICKY = 'n8n-nodes-base.stickyNote';
const types = nodeTypes();
const descriptionOf = (node: INode): INodeTypeDescription =>
	types.getByNameAndVersion(node.type, node.typeVersion).description;
const versionsOf = ({ version }: INodeTypeDescription) => [version].flat();
const isTrigger = (node: INode) => descriptionOf(node).group.includes('trigger');

/** What reaches people or systems outside of n8n; it may fail at any time. */
const OUTSIDE = [
	'emailSend',
	'facebookGraphApi',
	'httpRequest',
	'hubspot',
	'pipedrive',
	'slack',
	'telegram',
	'zendesk',
].map((name) => `n8n-nodes-base.${name}`);

/** Keys of a collection of parameters that its definition does not know: misspelt, they would be ignored in silence. */
function unknownKeys(
	values: unknown,
	properties: readonly INodeProperties[],
	where: string,
): string[] {
	if (typeof values !== 'object' || values === null || Array.isArray(values)) return [];
	return Object.entries(values).flatMap(([key, value]) => {
		const named = properties.filter(({ name }) => name === key);
		if (named.length === 0) return [`${where}.${key}`];
		const nested = named.flatMap(({ type, options }) =>
			type === 'collection' || type === 'fixedCollection' ? [{ type, options: options ?? [] }] : [],
		);
		if (nested.length === 0 || typeof value !== 'object' || value === null) return [];
		const faults = nested.map(({ type, options }) => {
			if (type === 'collection')
				return unknownKeys(value, options as INodeProperties[], `${where}.${key}`);
			return Object.entries(value as object).flatMap(([row, rows]) => {
				const found = options.filter(({ name }) => name === row);
				if (found.length === 0) return [`${where}.${key}.${row}`];
				const fields = found.flatMap((one) => ('values' in one ? one.values : []));
				return [rows].flat().flatMap((one) => unknownKeys(one, fields, `${where}.${key}.${row}`));
			});
		});
		return faults.sort((a, b) => a.length - b.length)[0];
	});
}

describe('workflows/README.md', () => {
	it('says which template is for what, and names no other', () => {
		const named = [...readWorkflowsPage().matchAll(/\d\d[a-z]?-[a-z0-9-]+\.json/g)];
		expect([...new Set(named.map(([name]) => name))].sort()).toEqual(
			workflowFiles().map(([file]) => file),
		);
	});
});

describe.each(workflowFiles())('%s', (_file, workflow) => {
	const flow = { ...workflow, nodeGroups: workflow.nodeGroups as IWorkflowGroup[] };
	const stickies = flow.nodes.filter(({ type }) => type === STICKY);
	const steps = flow.nodes.filter(({ type }) => type !== STICKY);

	it('has the structure that n8n imports', () => {
		const parsed = safeParseWorkflowStructure(workflow as never);
		expect(parsed).toMatchObject({ success: true });
		expect(flow.settings).toEqual({ executionOrder: 'v1' });
	});

	it('carries nothing of the n8n it was made in', () => {
		const keys = ['connections', 'name', 'nodeGroups', 'nodes', 'settings'];
		expect(Object.keys(flow).sort()).toEqual(keys);
	});

	it('uses nodes and versions that n8n has, and reaches tables only through the Loyalty node', () => {
		for (const node of flow.nodes)
			expect(`${node.name}: ${versionsOf(descriptionOf(node)).includes(node.typeVersion)}`).toBe(
				`${node.name}: true`,
			);
		expect(steps.filter(({ type }) => /dataTable|postgres|code$/i.test(type))).toEqual([]);
	});

	it('fills in every field that a node requires, and no field that a node does not have', () => {
		for (const node of steps) {
			const description = descriptionOf(node);
			const issues = NodeHelpers.getNodeParametersIssues(
				description.properties,
				{ ...node, credentials: undefined },
				description,
			);
			expect(`${node.name}: ${JSON.stringify(issues?.parameters ?? {})}`).toBe(`${node.name}: {}`);
			expect(unknownKeys(node.parameters, description.properties, node.name)).toEqual([]);
		}
	});

	it('has canvas groups that n8n accepts, and no more than seven boxes with all groups closed', () => {
		const result = validateWorkflowGroups({
			nodes: flow.nodes,
			connectionsBySourceNode: flow.connections,
			nodeGroups: flow.nodeGroups,
			getNodeType: makeGetNodeTypeForGrouping(types),
		});
		expect(result).toEqual({ valid: true });
		const grouped = new Set(flow.nodeGroups.flatMap(({ nodeIds }) => nodeIds));
		const boxes = flow.nodeGroups.length + steps.filter(({ id }) => !grouped.has(id)).length;
		expect(boxes).toBeLessThanOrEqual(7);
		for (const { description = '' } of flow.nodeGroups)
			expect(description.length).toBeLessThanOrEqual(145);
	});

	it('has an overview that begins with what the template does', () => {
		const overview = stickies.find(({ parameters }) => parameters.color === 1);
		const content = String(overview?.parameters.content);
		expect(content.startsWith(`## ${flow.name.replace(/^\S+ /, '')}\n`)).toBe(true);
		expect(content.indexOf('### How it works')).toBeLessThan(content.indexOf('### Setup'));
		expect(stickies.length).toBeGreaterThan(1);
	});

	it('has every step lie on exactly one note, so that the canvas reads like a page', () => {
		for (const { name, position } of steps) {
			const on = stickies.filter(({ position: [x, y], parameters: { width, height } }) => {
				const [left, top] = position;
				return (
					left >= x && top >= y && left + 96 <= x + Number(width) && top + 96 <= y + Number(height)
				);
			});
			expect(`${name}: ${on.length}`).toBe(`${name}: 1`);
		}
	});

	it('names every step by what it does, not by what it is', () => {
		for (const node of steps) expect(node.name).not.toBe(descriptionOf(node).defaults.name);
	});

	it('leads to every step', () => {
		const targets = Object.values(flow.connections).flatMap(({ main }) =>
			main.flatMap((output) => (output ?? []).map(({ node }) => node)),
		);
		const lost = steps.filter((node) => !isTrigger(node) && !targets.includes(node.name));
		expect(lost.map(({ name }) => name)).toEqual([]);
	});

	it('goes on when somebody outside fails', () => {
		// What is only read is needed by all that follows, so there is nothing to go on with.
		const stopping = steps.filter(
			({ type, onError, parameters }) =>
				OUTSIDE.includes(type) &&
				!(type === 'n8n-nodes-base.httpRequest' && parameters.method === undefined) &&
				onError !== 'continueRegularOutput' &&
				onError !== 'continueErrorOutput',
		);
		expect(stopping.map(({ name }) => name)).toEqual([]);
	});

	it('asks for no e-mail address, domain or name that belongs to somebody', () => {
		const text = JSON.stringify(flow.nodes.map(({ parameters }) => parameters));
		const addresses = [...text.matchAll(/[\w.+-]+@([\w-]+\.[\w.]+)/g)].map(([, domain]) => domain);
		expect(addresses.filter((domain) => domain !== 'example.com')).toEqual([]);
	});
});
