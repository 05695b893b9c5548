import type { TransactionHistory } from '../types';

/**
 * Orders, each given as (customer row, civil day, amount) in any order, to transactions by customer and day:
 * orders of one customer on one day are one transaction with the sum of their amounts.
 * `orderCount` is the number of orders of each customer before that merging.
 */
export function historyOf(
	customers: number,
	row: Int32Array,
	day: Int32Array,
	amount: Float64Array,
): { history: TransactionHistory; orderCount: Int32Array } {
	const orderCount = new Int32Array(customers);
	for (const customer of row) orderCount[customer]++;
	const next = new Int32Array(customers + 1);
	for (let i = 0; i < customers; i++) next[i + 1] = next[i] + orderCount[i];
	const first = next.slice();

	const days = new Int32Array(row.length);
	const amounts = new Float64Array(row.length);
	for (let k = 0; k < row.length; k++) {
		const at = next[row[k]]++;
		days[at] = day[k];
		amounts[at] = amount[k];
	}

	const start = new Int32Array(customers + 1);
	let used = 0;
	for (let i = 0; i < customers; i++) {
		start[i] = used;
		sortByDay(days, amounts, first[i], first[i + 1]);
		for (let k = first[i]; k < first[i + 1]; k++) {
			if (used > start[i] && days[used - 1] === days[k]) {
				amounts[used - 1] += amounts[k];
			} else {
				days[used] = days[k];
				amounts[used] = amounts[k];
				used++;
			}
		}
	}
	start[customers] = used;
	return {
		history: { start, day: days.slice(0, used), amount: amounts.slice(0, used) },
		orderCount,
	};
}

/** Insertion for the usual few orders, which mostly arrive sorted; an index sort where a customer has many. */
function sortByDay(days: Int32Array, amounts: Float64Array, from: number, to: number): void {
	if (to - from > 64) {
		const order = Array.from({ length: to - from }, (_, k) => from + k).sort(
			(left, right) => days[left] - days[right] || left - right,
		);
		const sortedDays = order.map((k) => days[k]);
		const sortedAmounts = order.map((k) => amounts[k]);
		days.set(sortedDays, from);
		amounts.set(sortedAmounts, from);
		return;
	}
	for (let k = from + 1; k < to; k++) {
		const day = days[k];
		const amount = amounts[k];
		let hole = k;
		while (hole > from && days[hole - 1] > day) {
			days[hole] = days[hole - 1];
			amounts[hole] = amounts[hole - 1];
			hole--;
		}
		days[hole] = day;
		amounts[hole] = amount;
	}
}
