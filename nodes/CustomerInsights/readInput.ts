import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	readCustomers,
	readOrders,
	type Contact,
	type DateOrder,
	type OrderInput,
	type RowFault,
} from '../../engine/insight/input';
import { readSummaries, summariseOrders, type SummaryOptions } from '../../engine/insight/purchase';
import type { CustomerSummaries, Warning } from '../../engine/insight/types';
import { success, type Result } from '../../engine/result';

/** The node's input as the engine reads it. */
export interface InsightInput {
	readonly summaries: CustomerSummaries;
	/** Null where the input was one item a customer. */
	readonly orders: OrderInput | null;
	/** What is known of each row of the summaries. */
	readonly contacts: readonly Contact[];
	/** Places of the input items behind each row of the summaries. */
	readonly itemsOfRow: ReadonlyArray<readonly number[]>;
	/** Friends brought by each row; null when the input does not tell. */
	readonly referrals: readonly number[] | null;
	readonly itemCount: number;
	readonly faults: readonly RowFault[];
	/** Columns that were found or chosen for rows of no known platform. */
	readonly fields: Readonly<Record<string, string>>;
	readonly warnings: readonly Warning[];
}

const NO_CONTACT: Contact = { email: null, customerId: null, name: null };
const DAYS_IN_UNIT: Readonly<Record<string, number>> = { day: 1, week: 7, month: 365.25 / 12 };

/** The options collection of the operation. */
export function optionsOf(context: IExecuteFunctions): IDataObject {
	return context.getNodeParameter('options', 0, {}) as IDataObject;
}

/** Zone, as-of date and time unit; the clock is read here and nowhere in the engine. */
export function summaryOptions(context: IExecuteFunctions): SummaryOptions {
	const options = optionsOf(context);
	return {
		zone: context.getTimezone(),
		asOf: momentOf(options.asOf) ?? Date.now(),
		unitDays: DAYS_IN_UNIT[String(options.timeUnit ?? 'week')] ?? 7,
	};
}

/** A date parameter as ISO text or milliseconds; undefined when empty. Expressions may give date objects. */
export function momentOf(value: unknown): string | number | undefined {
	if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
	if (typeof value === 'number') return value;
	if (typeof value !== 'object' || value === null) return undefined;
	const instant: unknown = value.valueOf();
	return typeof instant === 'number' ? instant : undefined;
}

/** Reads all input items into summaries, by what an item is said to be. */
export function readInput(context: IExecuteFunctions): Result<InsightInput> {
	const rows = context.getInputData().map(({ json }) => json);
	return context.getNodeParameter('inputItemIs', 0, 'order') === 'customer'
		? readCustomerItems(context, rows)
		: readOrderItems(context, rows);
}

/** Field names as chosen; empty ones mean "find it". The campaign group has a parameter of its own. */
export function chosenFields(context: IExecuteFunctions): Record<string, string> {
	const fields = context.getNodeParameter('fieldNames', 0, {}) as Record<string, string>;
	if (context.getNodeParameter('groupFrom', 0, '') !== 'field') return fields;
	return { ...fields, group: context.getNodeParameter('groupField', 0, '') as string };
}

export function chosenDateOrder(context: IExecuteFunctions): DateOrder | undefined {
	const { dateOrder } = optionsOf(context);
	return dateOrder === 'dayFirst' || dateOrder === 'monthFirst' ? dateOrder : undefined;
}

function readOrderItems(
	context: IExecuteFunctions,
	rows: readonly IDataObject[],
): Result<InsightInput> {
	const orders = readOrders(rows, {
		fields: chosenFields(context),
		rowIs: context.getNodeParameter('inputItemIs', 0, 'order') === 'orderLine' ? 'line' : 'order',
		dateOrder: chosenDateOrder(context),
	});
	const made = summariseOrders(orders.orders, summaryOptions(context));
	if (!made.ok) return made;
	const summaries = made.value;
	const itemsOfRow: number[][] = Array.from({ length: summaries.count }, () => []);
	summaries.rowOfOrder?.forEach((row, order) => {
		if (row >= 0) itemsOfRow[row].push(...orders.rowsOfOrder[order]);
	});
	return success({
		summaries,
		orders,
		contacts: summaries.customer.map((key) => orders.contacts.get(key) ?? NO_CONTACT),
		itemsOfRow,
		referrals: null,
		itemCount: rows.length,
		faults: orders.faults,
		fields: orders.fields,
		warnings: orders.warnings,
	});
}

function readCustomerItems(
	context: IExecuteFunctions,
	rows: readonly IDataObject[],
): Result<InsightInput> {
	const input = readCustomers(rows, {
		fields: chosenFields(context),
		dateOrder: chosenDateOrder(context),
	});
	const made = readSummaries(input.customers, summaryOptions(context));
	if (!made.ok) return made;
	const { summaries, rejected } = made.value;
	const refused = new Set(rejected.map(({ index }) => index));
	const places = rows.map((_, place) => place).filter((place) => !refused.has(place));
	return success({
		summaries,
		orders: null,
		contacts: places.map((place) => input.contacts[place]),
		itemsOfRow: places.map((place) => [place]),
		referrals: places.map((place) => input.referrals[place]),
		itemCount: rows.length,
		faults: rejected.map(({ index, message }) => ({ row: index, message })),
		fields: input.fields,
		warnings: [],
	});
}
