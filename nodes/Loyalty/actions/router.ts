import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { relay } from '../../shared/ledger';
import { resources } from './resources';

/** Finds the operation that the form names and runs it. An agent sees only the first output, so a tool answers there. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0) as string;
	// What the inside of this node runs in its own sub-execution; not in the form.
	if (resource === 'ledger') return await relay.call(this);
	const operation = this.getNodeParameter('operation', 0) as string;
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found === undefined)
		throw new NodeOperationError(
			this.getNode(),
			`The operation "${operation}" of "${resource}" is not known`,
			{
				description: 'Choose a resource and an operation from the lists in the node.',
				itemIndex: 0,
			},
		);
	const { applied, skipped } = await found.execute(this);
	return isTool(this) ? [[...applied, ...skipped]] : [applied, skipped];
}

function isTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() === true;
}
