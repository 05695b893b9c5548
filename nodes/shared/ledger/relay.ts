import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { operations } from './operations';
import { sessionOf } from './sessions';

/** The order of the relay's outputs: one a Data Table node. */
export const relayOutputs = Object.keys(operations) as ReadonlyArray<keyof typeof operations>;

/** One turn of the relay: rows in, the next command out on the output of its Data Table node; nothing when all is done. */
export async function relay(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = sessionOf(this.getNodeParameter('session', 0, '') as string);
	if (session === undefined)
		throw new NodeOperationError(this.getNode(), 'The ledger session of this step is over', {
			description:
				'This step belongs to the inside of the Loyalty node and cannot be run by itself. Run the workflow that holds the Loyalty node.',
		});
	const command = await session.exchange(this.getInputData().map((item) => item.json));
	return relayOutputs.map((operation) =>
		operation === command?.operation
			? command.items.map((json, item) => ({ json, pairedItem: { item } }))
			: [],
	);
}
