import type { IExecuteFunctions, INode, IWorkflowBase } from 'n8n-workflow';

import { DataTableLedger } from './dataTableLedger';
import { findTables, forgetTables, workflowKey } from './findTables';
import { inlineWorkflow, node } from './inlineWorkflow';
import { operations } from './operations';
import { relayOutputs } from './relay';
import { withTableNodes } from './sessions';
import type { TableIds } from './tables';

export { DataTableLedger } from './dataTableLedger';
export { relay } from './relay';

const RELAY = 'Relay';

/**
 * Gives `work` the ledger of the project in which this node runs. The tables are made on first use; when one was deleted
 * meanwhile they are looked for once more.
 */
export async function withLedger<T>(
	context: IExecuteFunctions,
	work: (ledger: DataTableLedger) => Promise<T>,
): Promise<T> {
	const ids = await findTables(context);
	const attempt = async (tables: TableIds) =>
		await withTableNodes(
			{
				context,
				workflowFor: (sessionId) => sessionWorkflow(tables, sessionId, context.getNode()),
				key: sharingKey(context, tables),
			},
			async (nodes) => {
				const ledger = new DataTableLedger(nodes, tables, () => Date.now());
				try {
					return await work(ledger);
				} finally {
					ledger.dispose();
				}
			},
		);
	return await attempt(ids).catch(async (fault: Error) => {
		if (!isTableGone(fault)) return await Promise.reject(fault);
		forgetTables(context);
		return await attempt(await findTables(context));
	});
}

/**
 * Published runs of one workflow share a session: they may do the same, on the same tables. A run that somebody started by hand has
 * the rights of that person, and one from the command line ends the process: each has a session of its own.
 */
function sharingKey(context: IExecuteFunctions, tables: TableIds): string | null {
	const workflow = workflowKey(context);
	if (workflow === null || !['webhook', 'trigger'].includes(context.getMode())) return null;
	const { type, typeVersion } = context.getNode();
	return [workflow, type, typeVersion, ...Object.values(tables)].join('|');
}

/** The circle of Data Table nodes around the relay. */
function sessionWorkflow(ids: TableIds, sessionId: string, caller: INode): IWorkflowBase {
	const tableNodes = relayOutputs.map((operation) => operations[operation](ids));
	const relayNode: INode = {
		// As a tool this node runs under a type of its own; inside, it is the plain node.
		...node(RELAY, caller.type.replace(/Tool$/, ''), caller.typeVersion, {
			resource: 'ledger',
			session: sessionId,
		}),
		alwaysOutputData: false,
	};
	return inlineWorkflow([relayNode, ...tableNodes], RELAY, {
		[RELAY]: tableNodes.map(({ name }) => name),
		...Object.fromEntries(tableNodes.map(({ name }) => [name, [RELAY]])),
	});
}

function isTableGone(fault: Error): boolean {
	return /could not find the data table|data table with id .* could not be found/i.test(
		fault.message,
	);
}
