import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { civilDayText } from '../../engine/insight/purchase';
import { linkTo, pick, rounded } from './output';
import type { InsightInput } from './readInput';

/** Who the customer of a row is, and what they did so far. */
export function customerJson({ summaries, contacts }: InsightInput, row: number): IDataObject {
	const { email, customerId, name } = contacts[row];
	return {
		customer: summaries.customer[row],
		email,
		customer_id: customerId,
		name,
		orders: summaries.orders[row],
		total_spend: rounded(summaries.spend[row], 2),
		first_order_date: civilDayText(summaries.firstDay[row]),
		last_order_date: civilDayText(summaries.lastDay[row]),
		days_since_last_order: summaries.asOfDay - summaries.lastDay[row],
		as_of_date: civilDayText(summaries.asOfDay),
	};
}

export interface CustomerItemSettings {
	/** Fields of the simplified item. */
	readonly simplified: readonly string[];
	/** Rows with the highest value come first; in the order of the input when left out. */
	readonly importance?: ArrayLike<number>;
	readonly json: (row: number) => IDataObject;
}

/** One item a customer, linked to the items it was made from, cut to the limit. */
export function customerItems(
	context: IExecuteFunctions,
	input: InsightInput,
	{ simplified, importance, json }: CustomerItemSettings,
): INodeExecutionData[] {
	let rows = Array.from({ length: input.summaries.count }, (_, row) => row);
	if (importance !== undefined) {
		const place = (row: number): number =>
			Number.isFinite(importance[row]) ? importance[row] : -Infinity;
		rows.sort((left, right) => (place(left) === place(right) ? 0 : place(right) - place(left)));
	}
	if (!(context.getNodeParameter('returnAll', 0, true) as boolean)) {
		rows = rows.slice(0, context.getNodeParameter('limit', 0, 50) as number);
	}
	const short = context.getNodeParameter('simplify', 0, true) as boolean;
	return rows.map((row) => {
		const whole = { ...customerJson(input, row), ...json(row) };
		return {
			json: short ? pick(whole, simplified) : whole,
			pairedItem: linkTo(input.itemsOfRow[row]),
		};
	});
}
