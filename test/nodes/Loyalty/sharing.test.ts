import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import { order, paid } from '../../engine/support/shop';
import { Runtime, Tables } from '../runtime';
import type { TableOperation } from '../runtime/tables';

const PUBLISH = { resource: 'program', operation: 'publish', currency: 'EUR', pendingMode: 'none' };
const PROCESS = { resource: 'event', operation: 'process' };

async function loyalty(
	runtime: Runtime,
	parameters: IDataObject,
	items: IDataObject[] = [{}],
	mode: WorkflowExecuteMode = 'webhook',
) {
	return await runtime.run(
		{
			nodes: [
				{
					name: 'Begin',
					type: 'n8n-nodes-base.executeWorkflowTrigger',
					typeVersion: 1.1,
					parameters: { inputSource: 'passthrough' },
				},
				{
					name: 'Loyalty',
					type: 'n8n-nodes-loyalty.loyalty',
					typeVersion: 1,
					parameters: parameters as never,
				},
			],
			connections: { Begin: { main: [[{ node: 'Loyalty', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		},
		{ startNode: 'Begin', items, mode },
	);
}

/** Eight orders of eight buyers, each reported to a run of its own, all at once. */
async function eightOrders(runtime: Runtime, mode?: WorkflowExecuteMode) {
	return await Promise.all(
		Array.from({ length: 8 }, async (_, index) => {
			const { customer } = order();
			const email = `buyer-${index}@example.com`;
			const event = paid({ id: String(index), customer: customer && { ...customer, email } });
			return await loyalty(runtime, PROCESS, [{ event: event as never }], mode);
		}),
	);
}

/** A shop whose programme is published; counts from then on. */
async function shop(before?: (operation: TableOperation) => void) {
	let isPublished = false;
	const tables = new Tables({
		before: (operation) => {
			if (isPublished) before?.(operation);
		},
	});
	const runtime = new Runtime({ tables });
	// By hand, so that its session is over with it.
	await loyalty(runtime, PUBLISH, [{}], 'manual');
	isPublished = true;
	const since = { runs: runtime.subExecutions.length, operations: tables.operations.length };
	return {
		runtime,
		tables,
		sessions: () =>
			runtime.subExecutions
				.slice(since.runs)
				.filter(({ workflow }) => workflow.nodes.some(({ name }) => name === 'Relay')).length,
		operations: (name: TableOperation['name'], table: string) =>
			tables.operations
				.slice(since.operations)
				.filter((operation) => operation.name === name && operation.table === table).length,
	};
}

describe('runs of one workflow under way at the same time', () => {
	it('share one sub-execution, and append in one go', async () => {
		const { runtime, tables, sessions, operations } = await shop();
		const runs = await eightOrders(runtime);
		expect(runs.map((run) => run.json('Loyalty'))).toEqual(
			runs.map((_, index) => [
				expect.objectContaining({ email: `buyer-${index}@example.com`, points: 100 }),
			]),
		);
		expect(tables.rows('loyalty_ledger')).toHaveLength(8);
		expect(tables.rows('loyalty_members')).toHaveLength(8);
		expect(sessions()).toBe(1);
		expect(operations('insert', 'loyalty_ledger')).toBeLessThan(8);
	});

	it('have a sub-execution each when they were started by hand', async () => {
		const { runtime, sessions } = await shop();
		await eightOrders(runtime, 'manual');
		expect(sessions()).toBe(8);
	});

	it('do not fail because the session of another did', async () => {
		let failed = false;
		const { runtime, tables } = await shop(({ name, table }) => {
			if (failed || name !== 'insert' || table !== 'loyalty_ledger') return;
			failed = true;
			throw new Error('The database was away for a moment');
		});
		const runs = await eightOrders(runtime);
		expect(failed).toBe(true);
		expect(runs.map((run) => run.error)).toEqual(runs.map(() => undefined));
		expect(runs.flatMap((run) => run.json('Loyalty'))).toHaveLength(8);
		expect(tables.rows('loyalty_ledger')).toHaveLength(8);
	});

	it('count each order once, also when the answer to their common append was lost', async () => {
		let lost = false;
		const tables = new Tables({
			after: ({ name, table }) => {
				if (lost || name !== 'insert' || table !== 'loyalty_ledger') return;
				lost = true;
				throw new Error('The connection broke');
			},
		});
		const runtime = new Runtime({ tables });
		await loyalty(runtime, PUBLISH, [{}], 'manual');
		const runs = await eightOrders(runtime);
		expect(lost).toBe(true);
		expect(runs.flatMap((run) => run.json('Loyalty')).map(({ points }) => points)).toEqual(
			runs.map(() => 100),
		);
		expect(tables.rows('loyalty_members').map((row) => row.spendable_points)).toEqual(
			runs.map(() => 100),
		);
	});

	it('all fail with the fault when it is nobody’s alone', async () => {
		const { runtime } = await shop(({ name, table }) => {
			if (name === 'insert' && table === 'loyalty_ledger') throw new Error('The storage is full');
		});
		const runs = await eightOrders(runtime);
		for (const run of runs) expect(run.error?.message).toContain('The storage is full');
	});
});
