import { success, type Result } from '../../result';
import type { CustomerSummaries, OrderTally } from '../types';
import { readAmount } from './amount';
import { customerKey, noExclusions } from './order-reader';
import { readFrame, type SummaryOptions } from './summary-frame';

/** One customer as a shop system or spreadsheet already summarises them. */
export interface CustomerRow {
	readonly customer: string;
	/** Orders so far, 1 or more; best counted as days with an order. */
	readonly transactions: number;
	/** First and last order: ISO text or milliseconds. */
	readonly firstDate: string | number;
	readonly lastDate: string | number;
	/** Spend over all orders, in the shop's currency. */
	readonly spend?: number | string;
}

/** A row that cannot be used, by its place in the input, and why. */
export interface RejectedRow {
	readonly index: number;
	readonly message: string;
}

/**
 * Rows that are already one a customer to the columns that the models read. The single amounts are not known, so the
 * mean spend of the repeat transactions is taken as the mean over all, and there is no history to check a model on.
 * Rows that contradict themselves come back in `rejected`, with the reason. Refused are options that cannot be read.
 */
export function readSummaries(
	rows: readonly CustomerRow[],
	options: SummaryOptions,
): Result<{ summaries: CustomerSummaries; rejected: readonly RejectedRow[] }> {
	const frame = readFrame(options);
	if (!frame.ok) return frame;
	const { dayOf, asOfDay, unitDays } = frame.value;
	const rejected: RejectedRow[] = [];
	const good: Array<{ row: CustomerRow; first: number; last: number; spend: number }> = [];
	const seen = new Set<string>();
	rows.forEach((row, index) => {
		const first = dayOf(row.firstDate);
		const last = dayOf(row.lastDate);
		const spend = row.spend === undefined ? 0 : readAmount(row.spend);
		const message = faultOf(row, first, last, spend, asOfDay, seen);
		if (message !== null) rejected.push({ index, message });
		else {
			seen.add(customerKey(row.customer));
			good.push({ row, first, last, spend });
		}
	});

	const summaries = summariesFromColumns(
		{
			customer: good.map(({ row }) => customerKey(row.customer)),
			x: good.map(({ row }) => row.transactions - 1),
			tx: good.map(({ first, last }) => (last - first) / unitDays),
			T: good.map(({ first }) => (asOfDay - first) / unitDays),
			repeatMean: good.map(({ row, spend }) =>
				row.transactions > 1 ? spend / row.transactions : 0,
			),
			spend: good.map(({ spend }) => spend),
		},
		{ unitDays, asOfDay },
	);
	return success({ summaries, rejected });
}

function faultOf(
	row: CustomerRow,
	first: number,
	last: number,
	spend: number,
	asOfDay: number,
	seen: ReadonlySet<string>,
): string | null {
	const who = `Customer "${row.customer}"`;
	if (customerKey(row.customer) === '') {
		return 'A row has no customer id or e-mail address.';
	}
	if (seen.has(customerKey(row.customer)))
		return `${who} is there twice; only the first row is used.`;
	if (!Number.isInteger(row.transactions) || row.transactions < 1) {
		return `${who} has "${row.transactions}" orders; a whole number of 1 or more is needed.`;
	}
	if (Number.isNaN(first) || Number.isNaN(last)) return `${who} has a date that cannot be read.`;
	if (last < first) return `${who} has a last order before the first one.`;
	if (last > asOfDay) return `${who} has orders after the as-of date.`;
	if (row.transactions === 1 && last !== first) {
		return `${who} has one order but different first and last dates.`;
	}
	if (Number.isNaN(spend) || spend < 0) return `${who} has spend that cannot be read.`;
	return null;
}

/** The columns that the models read. */
export interface SummaryColumns {
	readonly customer?: readonly string[];
	readonly x: ArrayLike<number>;
	readonly tx: ArrayLike<number>;
	readonly T: ArrayLike<number>;
	readonly repeatMean?: ArrayLike<number>;
	readonly spend?: ArrayLike<number>;
}

/**
 * Columns in time units to summaries without a history. They are taken as they are: x whole and not below 0,
 * 0 ≤ tx ≤ T, tx = 0 where x = 0.
 */
export function summariesFromColumns(
	columns: SummaryColumns,
	options: { readonly unitDays: number; readonly asOfDay: number },
): CustomerSummaries {
	const count = columns.x.length;
	const x = Float64Array.from(columns.x);
	const tx = Float64Array.from(columns.tx);
	const T = Float64Array.from(columns.T);
	const { unitDays, asOfDay } = options;
	const firstDay = Int32Array.from(T, (age) => Math.round(asOfDay - age * unitDays));
	const lastDay = Int32Array.from(T, (age, i) => Math.round(asOfDay - (age - tx[i]) * unitDays));
	const transactions = x.reduce((sum, repeats) => sum + repeats + 1, 0);
	const tally: OrderTally = {
		given: transactions,
		counted: transactions,
		transactions,
		partlyRefunded: 0,
		free: 0,
		excluded: noExclusions(),
	};
	return {
		count,
		customer: columns.customer ?? Array.from({ length: count }, (_, i) => String(i)),
		x,
		tx,
		T,
		repeatMean: columns.repeatMean
			? Float64Array.from(columns.repeatMean)
			: new Float64Array(count),
		spend: columns.spend ? Float64Array.from(columns.spend) : new Float64Array(count),
		orders: Int32Array.from(x, (repeats) => repeats + 1),
		firstDay,
		lastDay,
		asOfDay,
		unitDays,
		history: null,
		rowOfOrder: null,
		tally,
	};
}
