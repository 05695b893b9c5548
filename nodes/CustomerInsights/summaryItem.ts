import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { civilDayText } from '../../engine/insight/purchase';
import type { Warning } from '../../engine/insight/types';
import { linkToAll, rounded } from './output';
import type { InsightInput } from './readInput';

const MOST_EXAMPLES = 10;
const MOST_HINTS = 3;

/**
 * The item of the second output: what was read and left out, what the operation adds, and every warning.
 * The warnings are shown in the editor too.
 */
export function summaryItem(
	context: IExecuteFunctions,
	input: InsightInput,
	operation: string,
	added: IDataObject,
	warnings: readonly Warning[],
): INodeExecutionData {
	const all = [...inputWarnings(input), ...input.warnings, ...warnings];
	showWarnings(
		context,
		all.map(({ message }) => message),
	);
	return {
		json: {
			operation,
			...added,
			...inputTotals(input),
			warnings: all.map(({ message }) => message),
		},
		pairedItem: linkToAll(input.itemCount),
	};
}

/** Puts the first warnings under the output in the editor, where somebody sees them. */
export function showWarnings(context: IExecuteFunctions, messages: readonly string[]): void {
	context.addExecutionHints(
		...messages.slice(0, MOST_HINTS).map((message) => ({
			message,
			type: 'warning' as const,
			location: 'outputPane' as const,
		})),
	);
}

function inputTotals({ summaries, orders, itemCount, faults, fields }: InsightInput): IDataObject {
	const { tally } = summaries;
	let spend = 0;
	for (const amount of summaries.spend) spend += amount;
	return {
		as_of_date: civilDayText(summaries.asOfDay),
		customers: summaries.count,
		revenue: rounded(spend, 2),
		currency: orders?.currency ?? null,
		input_items: itemCount,
		...(orders === null
			? { customers_left_out: faults.length }
			: {
					orders_given: tally.given,
					orders_counted: tally.counted,
					purchase_days: tally.transactions,
					orders_partly_refunded: tally.partlyRefunded,
					orders_free: tally.free,
					left_out_tests: tally.excluded.test,
					left_out_cancelled: tally.excluded.cancelled,
					left_out_refunded: tally.excluded.refunded,
					left_out_negative: tally.excluded.negative,
					left_out_after_as_of_date: tally.excluded.afterAsOf,
					left_out_duplicates: tally.excluded.duplicate,
					left_out_without_customer: tally.excluded.withoutCustomer,
					left_out_unreadable_date: tally.excluded.unreadableDate,
					left_out_unreadable_amount: tally.excluded.unreadableAmount,
				}),
		not_understood_examples: faults
			.slice(0, MOST_EXAMPLES)
			.map(({ row, message }) => ({ item: row, reason: message })),
		fields_used: { ...fields },
	};
}

function inputWarnings({ summaries, orders, faults, itemCount }: InsightInput): Warning[] {
	const warnings: Warning[] = [];
	if (faults.length > 0) {
		warnings.push({
			code: 'not_understood',
			message:
				`${faults.length} of ${itemCount} input items could not be used. The first: ${faults[0].message} ` +
				'Choose the fields under Field Names when their names are unusual.',
		});
	}
	if (orders !== null && summaries.count === 0) {
		warnings.push({
			code: 'no_customers',
			message: 'No order counts, so there is nothing to say about any customer.',
		});
	}
	return warnings;
}
