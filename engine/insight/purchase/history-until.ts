import type { CustomerSummaries } from '../types';
import { summariseHistory } from './summarise-history';

/** The summaries as they were on an earlier day, and what happened after. */
export interface EarlierView {
	readonly summaries: CustomerSummaries;
	/** Row of each customer of the view in the summaries that it was made from. */
	readonly row: Int32Array;
	/** Transactions of each customer after the day and up to `untilDay`. */
	readonly later: Int32Array;
}

/**
 * What was known on `day`: customers who had bought by then, with their transactions until then. `null` without a
 * history. At most `limit` customers, evenly spread over the rows.
 */
export function viewAsOf(
	summaries: CustomerSummaries,
	day: number,
	untilDay: number,
	limit = Infinity,
): EarlierView | null {
	const { history } = summaries;
	if (history === null) return null;
	let known = 0;
	for (let i = 0; i < summaries.count; i++) if (summaries.firstDay[i] <= day) known++;
	const share = Math.min(1, limit / Math.max(known, 1));
	const rows = new Int32Array(Math.ceil(known * share) + 1);
	let picked = 0;
	let due = 0;
	for (let i = 0; i < summaries.count; i++) {
		if (summaries.firstDay[i] > day) continue;
		due += share;
		if (due < 1 - 1e-9) continue;
		due -= 1;
		rows[picked++] = i;
	}
	const row = rows.slice(0, picked);

	const start = new Int32Array(picked + 1);
	const later = new Int32Array(picked);
	row.forEach((from, i) => {
		let length = 0;
		for (let k = history.start[from]; k < history.start[from + 1]; k++) {
			if (history.day[k] <= day) length++;
			else if (history.day[k] <= untilDay) later[i]++;
		}
		start[i + 1] = start[i] + length;
	});
	const days = new Int32Array(start[picked]);
	const amounts = new Float64Array(start[picked]);
	row.forEach((from, i) => {
		const at = history.start[from];
		for (let k = start[i]; k < start[i + 1]; k++) {
			days[k] = history.day[at + k - start[i]];
			amounts[k] = history.amount[at + k - start[i]];
		}
	});
	return {
		summaries: summariseHistory(
			Array.from(row, (from) => summaries.customer[from]),
			{ start, day: days, amount: amounts },
			row.map((_, i) => start[i + 1] - start[i]),
			day,
			summaries.unitDays,
			summaries.tally,
		),
		row,
		later,
	};
}
