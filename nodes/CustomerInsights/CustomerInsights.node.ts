import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { performOperation, properties } from './actions';

export class CustomerInsights implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Insights',
		name: 'customerInsights',
		icon: {
			light: 'file:../../icons/customerInsights.svg',
			dark: 'file:../../icons/customerInsights.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Tell from orders who is about to leave, what customers are worth, which segment they are in and what goes together',
		defaults: { name: 'Customer Insights' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Results', 'Summary'],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			const { items, summary } = await performOperation(this);
			return [items, [summary]];
		} catch (error) {
			if (this.continueOnFail()) {
				return [[{ json: { error: (error as Error).message }, pairedItem: { item: 0 } }], []];
			}
			throw new NodeOperationError(this.getNode(), error as Error, { itemIndex: 0 });
		}
	}
}
