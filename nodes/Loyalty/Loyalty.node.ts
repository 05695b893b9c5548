import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { properties } from './actions/properties';
import { router } from './actions/router';

export class Loyalty implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Loyalty',
		name: 'loyalty',
		icon: { light: 'file:../../icons/loyalty.svg', dark: 'file:../../icons/loyalty.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Run a loyalty programme: points for orders, tiers, redemptions and refunds, each counted exactly once',
		defaults: { name: 'Loyalty' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Applied', 'Skipped'],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return await router.call(this);
		} catch (error) {
			if (this.continueOnFail()) {
				// Nothing of the batch took effect that the ledger does not know: running it again is safe.
				return [
					this.getInputData().map(({ json }, item) => ({
						json: { ...json, error: (error as Error).message },
						pairedItem: { item },
					})),
					[],
				];
			}
			throw new NodeOperationError(this.getNode(), error as Error, { itemIndex: 0 });
		}
	}
}
