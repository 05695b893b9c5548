import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { dataTableNode, inlineWorkflow } from './inlineWorkflow';
import { tables, type TableDefinition, type TableIds, type TableKey } from './tables';

/** How long found tables are good for, in milliseconds: an owner may rename one to begin anew. */
const STAY_FOUND = 60_000;

/** Found tables by workflow: a workflow lives in one project, and so do its tables. */
const found = new Map<string, { readonly ids: Promise<TableIds>; readonly at: number }>();

/** Forgets what was found, after a table turned out to be gone. */
export function forgetTables(context: IExecuteFunctions): void {
	const key = workflowKey(context);
	if (key !== null) found.delete(key);
}

/** The ids of the ledger's tables in the project of the running workflow; missing tables are made. */
export async function findTables(context: IExecuteFunctions): Promise<TableIds> {
	const key = workflowKey(context);
	if (key === null) return await findOrCreate(context);
	const known = found.get(key);
	if (known !== undefined && Date.now() - known.at < STAY_FOUND) return await known.ids;
	const ids = findOrCreate(context);
	found.set(key, { ids, at: Date.now() });
	ids.catch(() => found.delete(key));
	return await ids;
}

/** What tells a workflow from others. Null for one that was never saved: all of those share one id. */
export function workflowKey(context: IExecuteFunctions): string | null {
	const { id } = context.getWorkflow();
	return id === undefined || id === '' || id === '__EMPTY__' ? null : id;
}

async function findOrCreate(context: IExecuteFunctions): Promise<TableIds> {
	let listed = await list(context);
	const missing = Object.values(tables).filter((table) => !listed.has(table.name));
	if (missing.length > 0) {
		await create(context, missing);
		listed = await list(context);
	}
	const id = (key: TableKey) => {
		const table = listed.get(tables[key].name);
		if (table === undefined)
			throw new NodeOperationError(
				context.getNode(),
				`The Data Table "${tables[key].name}" could not be made`,
				{
					description:
						'Check that Data Tables are switched on in this n8n and that their storage limit is not reached, then try again.',
				},
			);
		checkColumns(context, tables[key], table);
		return String(table.id);
	};
	return { ledger: id('ledger'), members: id('members'), programs: id('programs') };
}

/** Tables by their exact name; the host's own look-up takes any name that contains it. */
async function list(context: IExecuteFunctions): Promise<Map<string, IDataObject>> {
	const look = dataTableNode('List tables', {
		resource: 'table',
		operation: 'list',
		returnAll: true,
		options: { filterName: 'loyalty_', sortField: 'createdAt', sortDirection: 'asc' },
	});
	const rows = await runInline(context, inlineWorkflow([look], look.name, {}));
	return new Map(rows.map((row) => [String(row.name), row]));
}

/** Two first runs at once may both try: the loser finds the winner's table afterwards. */
async function create(
	context: IExecuteFunctions,
	missing: readonly TableDefinition[],
): Promise<void> {
	const nodes = missing.map((table) => ({
		...dataTableNode(`Make ${table.name}`, {
			resource: 'table',
			operation: 'create',
			tableName: table.name,
			columns: {
				column: Object.entries(table.columns).map(([name, type]) => ({ name, type })),
			},
			options: { createIfNotExists: false },
		}),
		onError: 'continueRegularOutput' as const,
	}));
	const names = nodes.map((one) => one.name);
	const chain = Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, [names[index + 1]]]),
	);
	await runInline(context, inlineWorkflow(nodes, names[0], chain));
}

function checkColumns(context: IExecuteFunctions, table: TableDefinition, row: IDataObject): void {
	if (!Array.isArray(row.columns)) return;
	const present = new Set((row.columns as IDataObject[]).map((column) => column.name));
	const absent = Object.keys(table.columns).filter((column) => !present.has(column));
	if (absent.length > 0)
		throw new NodeOperationError(
			context.getNode(),
			`The Data Table "${table.name}" lacks the column ${absent.map((name) => `"${name}"`).join(', ')}`,
			{
				description: `Add ${absent.length === 1 ? 'the column' : 'the columns'} in n8n under Data Tables, or rename the table so that a new one is made.`,
			},
		);
}

async function runInline(
	context: IExecuteFunctions,
	code: ReturnType<typeof inlineWorkflow>,
): Promise<IDataObject[]> {
	const result = await context.executeWorkflow({ code }, [{ json: {} }], undefined, {
		parentExecution: {
			executionId: context.getExecutionId(),
			workflowId: context.getWorkflow().id ?? '',
		},
	});
	return (result.data[0] ?? []).map((item) => item.json).filter((json) => json.id !== undefined);
}
