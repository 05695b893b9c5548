import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	IWorkflowBase,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import type { WorkflowJson } from './index';
import { Runtime, runWebhook, Tables } from './index';

const trigger = {
	name: 'Called',
	type: 'n8n-nodes-base.executeWorkflowTrigger',
	typeVersion: 1.1,
	parameters: { inputSource: 'passthrough' },
};
const main = (node: string, index = 0) => ({ node, type: NodeConnectionTypes.Main, index });

function chain(...names: string[]): IWorkflowBase['connections'] {
	return Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[main(names[index + 1])]] }]),
	);
}

function table(id: string, parameters: IDataObject) {
	return {
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: {
			resource: 'row',
			dataTableId: { __rl: true, mode: 'id', value: id },
			...parameters,
		},
	};
}

const description = (name: string, more: Partial<INodeTypeDescription>): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: 'A node of this test',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
	...more,
});

/** Sends even numbers to the first output, odd ones to the second. */
class Sorter implements INodeType {
	description = description('sorter', {
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Even', 'Odd'],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[][] = [[], []];
		this.getInputData().forEach((item, index) => {
			outputs[(item.json.number as number) % 2].push({
				json: item.json,
				pairedItem: { item: index },
			});
		});
		return outputs;
	}
}

describe('Data Tables', () => {
	it('keep what is inserted, updated and looked up by the host’s own node', async () => {
		const tables = new Tables();
		const id = tables.add('members', { email: 'string', points: 'number', since: 'date' });
		const result = await new Runtime({ tables }).run(
			{
				nodes: [
					trigger,
					{
						name: 'Insert',
						...table(id, { operation: 'insert', columns: { mappingMode: 'autoMapInputData' } }),
					},
					{
						name: 'Update',
						...table(id, {
							operation: 'update',
							matchType: 'allConditions',
							filters: {
								conditions: [
									{ keyName: 'email', condition: 'eq', keyValue: 'a@example.com' },
									{ keyName: 'points', condition: 'lt', keyValue: 10 },
								],
							},
							columns: { mappingMode: 'defineBelow', value: { points: 20 } },
						}),
					},
					{ name: 'Get', ...table(id, { operation: 'get', returnAll: true }), executeOnce: true },
				],
				connections: chain('Called', 'Insert', 'Update', 'Get'),
			},
			{
				items: [
					{ email: 'a@example.com', points: 5, since: '2026-01-31' },
					{ email: 'b@example.com', points: 5 },
				],
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.json('Get')).toEqual([
			expect.objectContaining({ id: 1, points: 20, since: '2026-01-31T00:00:00.000Z' }),
			expect.objectContaining({ id: 2, points: 5, since: null }),
		]);
		expect(tables.rows('members').map((row) => row.points)).toEqual([20, 5]);
	});

	it('are found by a part of their name, the last changed one first, as in the host', async () => {
		const tables = new Tables();
		tables.add('members', { email: 'string' });
		tables.add('members_backup', { email: 'string' });
		await new Runtime({ tables }).run(
			{
				nodes: [
					trigger,
					{
						name: 'Insert',
						type: 'n8n-nodes-base.dataTable',
						typeVersion: 1.1,
						parameters: {
							operation: 'insert',
							dataTableId: { __rl: true, mode: 'name', value: 'members' },
							columns: { mappingMode: 'autoMapInputData' },
						},
					},
				],
				connections: chain('Called', 'Insert'),
			},
			{ items: [{ email: 'a@example.com' }] },
		);
		expect(tables.rows('members')).toHaveLength(0);
		expect(tables.rows('members_backup')).toHaveLength(1);
	});

	it('give a compare-and-set to exactly one of many parallel runs', async () => {
		const tables = new Tables();
		const id = tables.add('locks', { lock_until: 'number', owner: 'string' }, [{ lock_until: 0 }]);
		const runtime = new Runtime({ tables });
		const results = await Promise.all(
			Array.from(
				{ length: 12 },
				async (_, index) =>
					await runtime.run({
						nodes: [
							trigger,
							{
								name: 'Lock',
								...table(id, {
									operation: 'update',
									matchType: 'allConditions',
									filters: {
										conditions: [{ keyName: 'lock_until', condition: 'lt', keyValue: 100 }],
									},
									columns: {
										mappingMode: 'defineBelow',
										value: { lock_until: 130, owner: `run ${index}` },
									},
								}),
							},
						],
						connections: chain('Called', 'Lock'),
					}),
			),
		);
		expect(results.filter((result) => result.json('Lock').length === 1)).toHaveLength(1);
	});

	it('make one row of two upserts at once, as on SQLite', async () => {
		const tables = new Tables();
		const id = tables.add('members', { email: 'string' });
		const runtime = new Runtime({ tables });
		const upsert: WorkflowJson = {
			nodes: [
				trigger,
				{
					name: 'Upsert',
					...table(id, {
						operation: 'upsert',
						filters: { conditions: [{ keyName: 'email', condition: 'eq', keyValue: 'a' }] },
						columns: { mappingMode: 'defineBelow', value: { email: 'a' } },
					}),
				},
			],
			connections: chain('Called', 'Upsert'),
		};
		await Promise.all([runtime.run(upsert), runtime.run(upsert)]);
		expect(tables.rows('members')).toHaveLength(1);
	});

	it('never match an empty cell with “less than”, and write big numbers into text as SQLite does', async () => {
		const tables = new Tables();
		const id = tables.add('locks', { lock_until: 'number', note: 'string' }, [
			{ note: 1_700_000_000_000 },
			{ note: 7 },
		]);
		const result = await new Runtime({ tables }).run({
			nodes: [
				trigger,
				{
					name: 'Get',
					...table(id, {
						operation: 'get',
						filters: { conditions: [{ keyName: 'lock_until', condition: 'lt', keyValue: 100 }] },
					}),
				},
			],
			connections: chain('Called', 'Get'),
		});
		expect(result.json('Get')).toEqual([]);
		expect(tables.rows('locks').map((row) => row.note)).toEqual(['1700000000000.0', '7']);
	});

	it('refuse every node but the host’s own', async () => {
		const tables = new Tables();
		const id = tables.add('members', { email: 'string' });
		const result = await new Runtime({
			tables,
			nodes: {
				'test.grabber': {
					description: description('grabber', {}),
					async execute(this: IExecuteFunctions) {
						await this.helpers.getDataTableProxy!(id);
						return [[]];
					},
				},
			},
		}).run({
			nodes: [trigger, { name: 'Grab', type: 'test.grabber' }],
			connections: chain('Called', 'Grab'),
		});
		expect(result.error?.message).toBe('This proxy is only available for Data table nodes');
	});

	it('can be made to fail on a chosen operation', async () => {
		const tables = new Tables({
			before: ({ name }) => {
				if (name === 'insert') throw new Error('Data table size limit exceeded');
			},
		});
		tables.add('members', { email: 'string' });
		const result = await new Runtime({ tables }).run({
			nodes: [
				trigger,
				{
					name: 'Insert',
					...table('table00000000001', {
						operation: 'insert',
						columns: { mappingMode: 'defineBelow', value: { email: 'a' } },
					}),
				},
			],
			connections: chain('Called', 'Insert'),
		});
		expect(result.status).toBe('error');
		expect(tables.rows('members')).toHaveLength(0);
	});
});

describe('sub-workflows', () => {
	/** Runs the inline workflow it is given as a parameter and puts out what comes back. */
	class Caller implements INodeType {
		description = description('caller', {
			properties: [{ displayName: 'Code', name: 'code', type: 'json', default: {} }],
		});

		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const code = this.getNodeParameter('code', 0, undefined, {
				rawExpressions: true,
			}) as unknown as IWorkflowBase;
			const { data } = await this.executeWorkflow({ code }, this.getInputData(), undefined, {
				parentExecution: { executionId: this.getExecutionId(), workflowId: this.getWorkflow().id! },
			});
			return [data[0] ?? []];
		}
	}
	const nodes = { 'test.caller': new Caller(), 'test.sorter': new Sorter() };

	const calling = (code: object): WorkflowJson => ({
		nodes: [trigger, { name: 'Call', type: 'test.caller', parameters: { code: code as never } }],
		connections: chain('Called', 'Call'),
	});

	it('run inline, get the items at their trigger and give back what their last node puts out', async () => {
		const tables = new Tables();
		const id = tables.add('log', { text: 'string' });
		const runtime = new Runtime({ tables, nodes });
		const result = await runtime.run(
			calling({
				nodes: [
					{ ...trigger, id: '1', position: [0, 0] },
					{
						name: 'Insert',
						id: '2',
						position: [0, 0],
						...table(id, { operation: 'insert', columns: { mappingMode: 'autoMapInputData' } }),
					},
				],
				connections: chain('Called', 'Insert'),
			}),
			{ items: [{ text: 'one' }, { text: 'two' }] },
		);
		expect(result.error).toBeUndefined();
		expect(result.json('Call').map((row) => row.id)).toEqual([1, 2]);
		expect(runtime.subExecutions).toHaveLength(1);
		expect(runtime.subExecutions[0]).toMatchObject({
			executionId: '2',
			parentNode: 'Call',
			parentExecution: { executionId: '1', workflowId: runtime.workflowId },
			workflow: { id: runtime.workflowId },
		});
	});

	it('may loop back to an earlier node', async () => {
		const result = await new Runtime({ nodes }).run(
			calling({
				settings: { executionOrder: 'v1' },
				nodes: [
					{ ...trigger, id: '1', position: [0, 0] },
					{
						name: 'Add',
						id: '2',
						type: 'n8n-nodes-base.set',
						typeVersion: 3.4,
						position: [200, 0],
						parameters: {
							assignments: {
								assignments: [
									{ id: 'a', name: 'number', type: 'number', value: '={{ $json.number + 1 }}' },
								],
							},
						},
					},
					{
						name: 'Enough',
						id: '3',
						type: 'n8n-nodes-base.if',
						typeVersion: 2.2,
						position: [400, 0],
						parameters: {
							conditions: {
								options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
								combinator: 'and',
								conditions: [
									{
										id: 'c',
										leftValue: '={{ $json.number }}',
										rightValue: 5,
										operator: { type: 'number', operation: 'gte' },
									},
								],
							},
						},
					},
					{
						name: 'Done',
						id: '4',
						type: 'n8n-nodes-base.noOp',
						typeVersion: 1,
						position: [600, 0],
						parameters: {},
					},
				],
				connections: {
					...chain('Called', 'Add', 'Enough'),
					Enough: { main: [[main('Done')], [main('Add')]] },
				},
			}),
			{ items: [{ number: 0 }] },
		);
		expect(result.error).toBeUndefined();
		expect(result.json('Call')).toEqual([{ number: 5 }]);
	});

	it('that never come to an end are stopped', async () => {
		const result = await new Runtime({ maxNodeRuns: 50 }).run({
			nodes: [
				trigger,
				{ name: 'Round', type: 'n8n-nodes-base.noOp' },
				{ name: 'And round', type: 'n8n-nodes-base.noOp' },
			],
			connections: chain('Called', 'Round', 'And round', 'Round'),
		});
		expect(result.status).toBe('canceled');
		expect(result.runs('Round')).toBeLessThan(50);
	});

	it('tell their caller what went wrong', async () => {
		const result = await new Runtime({ nodes }).run(
			calling({
				nodes: [
					{ ...trigger, id: '1', position: [0, 0] },
					{
						name: 'Stop',
						id: '2',
						type: 'n8n-nodes-base.stopAndError',
						typeVersion: 1,
						position: [0, 0],
						parameters: { errorMessage: 'The shelf is empty' },
					},
				],
				connections: chain('Called', 'Stop'),
			}),
		);
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('The shelf is empty');
		expect(result.error?.name).toBe('NodeOperationError');
	});
});

describe('nodes', () => {
	it('send items to several outputs, each to the nodes that follow', async () => {
		const result = await new Runtime({ nodes: { 'test.sorter': new Sorter() } }).run(
			{
				nodes: [
					trigger,
					{ name: 'Sort', type: 'test.sorter' },
					{ name: 'After even', type: 'n8n-nodes-base.noOp' },
					{ name: 'After odd', type: 'n8n-nodes-base.noOp' },
				],
				connections: {
					...chain('Called', 'Sort'),
					Sort: { main: [[main('After even')], [main('After odd')]] },
				},
			},
			{ items: [{ number: 1 }, { number: 2 }, { number: 3 }] },
		);
		expect(result.json('Sort', 0)).toEqual([{ number: 2 }]);
		expect(result.json('After odd')).toEqual([{ number: 1 }, { number: 3 }]);
		expect(result.items('After odd')[1].pairedItem).toEqual({ item: 1 });
		expect(result.runs('After even')).toBe(1);
	});

	it('know the zone of the workflow and can be told to stop', async () => {
		let zone = '';
		let aborted = false;
		const stop: { now?: () => void } = {};
		const result = await new Runtime({
			timezone: 'Pacific/Auckland',
			nodes: {
				'test.waiter': {
					description: description('waiter', {}),
					async execute(this: IExecuteFunctions) {
						zone = this.getTimezone();
						const signal = this.getExecutionCancelSignal()!;
						await new Promise<void>((resolve) => {
							signal.addEventListener('abort', () => resolve());
							stop.now!();
						});
						aborted = signal.aborted;
						return [this.getInputData()];
					},
				},
			},
		}).run(
			{
				nodes: [trigger, { name: 'Wait', type: 'test.waiter' }],
				connections: chain('Called', 'Wait'),
			},
			{ onStart: (cancel) => (stop.now = cancel) },
		);
		expect(zone).toBe('Pacific/Auckland');
		expect(aborted).toBe(true);
		expect(result.status).toBe('canceled');
	});

	it('of the outside world can be replaced, their parameters still resolved by the host', async () => {
		const said: unknown[] = [];
		const result = await new Runtime({
			stubs: {
				'n8n-nodes-base.slack': async function () {
					const items = this.getInputData();
					said.push(...items.map((_, index) => this.getNodeParameter('text', index)));
					return [items];
				},
			},
		}).run(
			{
				nodes: [
					trigger,
					{
						name: 'Tell',
						type: 'n8n-nodes-base.slack',
						typeVersion: 2.3,
						parameters: {
							resource: 'message',
							select: 'channel',
							channelId: { __rl: true, mode: 'name', value: '#shop' },
							text: '={{ $json.name }} is Gold now',
						},
					},
				],
				connections: chain('Called', 'Tell'),
			},
			{ items: [{ name: 'Ada' }] },
		);
		expect(result.error).toBeUndefined();
		expect(said).toEqual(['Ada is Gold now']);
	});
});

describe('webhooks', () => {
	/** Accepts a delivery whose header carries the secret of the credential; says how many bytes came. */
	class Door implements INodeType {
		description = description('doorTrigger', {
			group: ['trigger'],
			inputs: [],
			credentials: [{ name: 'doorApi', required: true }],
			webhooks: [
				{
					name: 'default',
					httpMethod: 'POST',
					path: 'door',
					responseMode: '={{ $parameter["answer"] }}',
					responseData: 'firstEntryJson',
				},
			],
			properties: [{ displayName: 'Answer', name: 'answer', type: 'string', default: 'lastNode' }],
		});

		async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
			const { word } = await this.getCredentials<{ word: string }>('doorApi');
			if (this.getHeaderData()['x-word'] !== word) {
				this.getResponseObject().status(401).send('Unauthorized').end();
				return { noWebhookResponse: true };
			}
			const { rawBody } = this.getRequestObject() as unknown as { rawBody: Buffer };
			const body = this.getBodyData();
			if (body.ping) return { webhookResponse: 'pong' };
			return { workflowData: [[{ json: { bytes: rawBody.length, body } }]] };
		}
	}
	const runtime = () =>
		new Runtime({
			nodes: { 'test.doorTrigger': new Door() },
			credentials: { doorApi: { word: 'open' } },
		});
	const workflow = (answer: string): WorkflowJson => ({
		nodes: [
			{ name: 'Door', type: 'test.doorTrigger', parameters: { answer } },
			{ name: 'After', type: 'n8n-nodes-base.noOp' },
		],
		connections: chain('Door', 'After'),
	});
	const open = { 'X-Word': 'open' };

	it('hand the exact bytes to the trigger and answer with the last node’s first item', async () => {
		const answer = await runWebhook(runtime(), workflow('lastNode'), 'Door', {
			headers: open,
			body: '{ "a": 1 }',
		});
		expect(answer).toMatchObject({
			status: 200,
			body: { bytes: 10, body: { a: 1 } },
			answered: true,
		});
		expect(answer.run?.json('After')).toHaveLength(1);
	});

	it('start no run when the trigger refuses or answers by itself', async () => {
		const refused = await runWebhook(runtime(), workflow('lastNode'), 'Door', { body: {} });
		expect(refused).toMatchObject({ status: 401, body: 'Unauthorized', answered: true });
		expect(refused.run).toBeUndefined();
		const ping = await runWebhook(runtime(), workflow('lastNode'), 'Door', {
			headers: open,
			body: { ping: true },
		});
		expect(ping).toMatchObject({ status: 200, body: 'pong' });
		expect(ping.run).toBeUndefined();
	});

	it('stop broken JSON before the trigger, and say so when the run fails', async () => {
		const broken = await runWebhook(runtime(), workflow('lastNode'), 'Door', {
			headers: open,
			body: '{ "a": ',
		});
		expect(broken.status).toBe(422);
		const failing = workflow('lastNode');
		failing.nodes[1] = {
			name: 'After',
			type: 'n8n-nodes-base.stopAndError',
			parameters: { errorMessage: 'No' },
		};
		const failed = await runWebhook(runtime(), failing, 'Door', { headers: open, body: {} });
		expect(failed).toMatchObject({ status: 500, body: { message: 'Error in workflow' } });
	});

	it('answer through the host’s own Respond to Webhook node', async () => {
		const answer = await runWebhook(
			runtime(),
			{
				nodes: [
					{
						name: 'Webhook',
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						parameters: { httpMethod: 'POST', path: 'x', responseMode: 'responseNode' },
					},
					{
						name: 'Respond',
						type: 'n8n-nodes-base.respondToWebhook',
						typeVersion: 1.1,
						parameters: {
							respondWith: 'json',
							responseBody: '={{ { "points": $json.body.points } }}',
							options: { responseCode: 201 },
						},
					},
				],
				connections: chain('Webhook', 'Respond'),
			},
			'Webhook',
			{ body: { points: 7 } },
		);
		expect(answer.error).toBeUndefined();
		expect(answer.run?.error).toBeUndefined();
		expect(answer).toMatchObject({ status: 201, body: { points: 7 } });
	});
});
