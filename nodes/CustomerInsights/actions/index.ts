import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { OperationOutput } from '../output';
import * as campaign from './campaign';
import * as customer from './customer';
import type { Operation } from './operation';
import * as product from './product';

const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
	campaign: campaign.operations,
	customer: customer.operations,
	product: product.operations,
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Campaign', value: 'campaign' },
			{ name: 'Customer', value: 'customer' },
			{ name: 'Product', value: 'product' },
		],
		default: 'customer',
	},
	...customer.description,
	...product.description,
	...campaign.description,
];

/** Runs the operation chosen in the node on all of its input. */
export async function performOperation(context: IExecuteFunctions): Promise<OperationOutput> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = OPERATIONS[resource]?.[name];
	if (operation === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${name}" does not exist for "${resource}"`,
			{ itemIndex: 0, description: 'Choose the operation in the node again.' },
		);
	}
	const output = await operation(context);
	if (!output.ok) {
		throw new NodeOperationError(context.getNode(), output.reason.message, { itemIndex: 0 });
	}
	return output.value;
}
