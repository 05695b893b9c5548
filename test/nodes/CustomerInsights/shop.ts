import type { IDataObject } from 'n8n-workflow';
import { Runtime, type RunResult } from '../runtime';

export const NODE = 'Customer Insights';

/** Runs the node on items, as of 30 June 2026 in Berlin unless the parameters say otherwise. */
export async function runInsights(
	items: IDataObject[],
	parameters: IDataObject,
	node: IDataObject = {},
): Promise<RunResult> {
	const { options = {}, ...others } = parameters;
	const dated = { asOf: '2026-06-30', ...(options as IDataObject) };
	return await new Runtime({ timezone: 'Europe/Berlin' }).run(
		{
			nodes: [
				{
					name: 'Orders',
					type: 'n8n-nodes-base.executeWorkflowTrigger',
					typeVersion: 1.1,
					parameters: { inputSource: 'passthrough' },
				},
				{
					name: NODE,
					type: 'n8n-nodes-loyalty.customerInsights',
					typeVersion: 1,
					parameters: {
						...others,
						...(others.operation === 'assignHoldout' ? {} : { options: dated }),
					} as never,
					...node,
				},
			],
			connections: { Orders: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		},
		{ items },
	);
}

export function shopifyOrder(
	id: number,
	email: string,
	date: string,
	total: string,
	products: string[] = [],
): IDataObject {
	return {
		id,
		email,
		created_at: `${date}T12:00:00+02:00`,
		currency: 'EUR',
		financial_status: 'paid',
		total_price: total,
		current_total_price: total,
		line_items: products.map((title) => ({
			product_id: title.toLowerCase(),
			title,
			quantity: 1,
			price: '10.00',
			product_type: title.startsWith('C') ? 'Hot drinks' : 'Kitchen',
		})),
	};
}
