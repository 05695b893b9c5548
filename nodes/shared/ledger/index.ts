import type { IExecuteFunctions, INode, IWorkflowBase } from 'n8n-workflow';

import type { Subjects } from '../../../engine/ledger';
import { DataTableLedger } from './dataTableLedger';
import { findTables, forgetTables } from './findTables';
import { inlineWorkflow, node } from './inlineWorkflow';
import { operations } from './operations';
import { relayOutputs } from './relay';
import { withSession } from './session';
import type { TableIds } from './tables';

export { DataTableLedger } from './dataTableLedger';
export { relay } from './relay';

const RELAY = 'Relay';

/** So many members and orders are looked up by one condition each; more, one after the other. */
const MOST_TOGETHER = 40;

export const NOBODY: Subjects = { members: [], orders: [] };

/**
 * Gives `work` the ledger of the project in which this node runs. The tables are made on first use; when one was deleted
 * meanwhile they are looked for once more. `about` says whose rows the work will want: few of them are looked up together.
 */
export async function withLedger<T>(
	context: IExecuteFunctions,
	about: Subjects,
	work: (ledger: DataTableLedger) => Promise<T>,
): Promise<T> {
	const ids = await findTables(context);
	const subjects = canStandInNode(about) ? about : NOBODY;
	const attempt = async (tables: TableIds) =>
		await withSession(
			context,
			(sessionId) => sessionWorkflow(tables, subjects, sessionId, context.getNode()),
			async (session) => {
				const ledger = new DataTableLedger(session, tables, subjects, () => Date.now());
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

/** The circle of Data Table nodes around the relay. */
function sessionWorkflow(
	ids: TableIds,
	subjects: Subjects,
	sessionId: string,
	caller: INode,
): IWorkflowBase {
	const tableNodes = relayOutputs.map((operation) => operations[operation](ids, subjects));
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

/** What begins with an equals sign would be evaluated as an expression: an address from outside must never be. */
function canStandInNode({ members, orders }: Subjects): boolean {
	const names = [...members, ...orders];
	return names.length <= MOST_TOGETHER && names.every((name) => !name.startsWith('='));
}

function isTableGone(fault: Error): boolean {
	return /could not find the data table|data table with id .* could not be found/i.test(
		fault.message,
	);
}
