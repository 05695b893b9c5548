import type { CustomerSummaries, OrderTally, TransactionHistory } from '../types';

/** One row a customer from transactions that are sorted by day and not after the as-of day. */
export function summariseHistory(
	customer: readonly string[],
	history: TransactionHistory,
	orders: Int32Array,
	asOfDay: number,
	unitDays: number,
	tally: OrderTally,
): CustomerSummaries {
	const count = customer.length;
	const x = new Float64Array(count);
	const tx = new Float64Array(count);
	const T = new Float64Array(count);
	const repeatMean = new Float64Array(count);
	const spend = new Float64Array(count);
	const firstDay = new Int32Array(count);
	const lastDay = new Int32Array(count);
	const { start, day, amount } = history;
	for (let i = 0; i < count; i++) {
		const first = start[i];
		const end = start[i + 1];
		let repeatSpend = 0;
		for (let k = first + 1; k < end; k++) repeatSpend += amount[k];
		x[i] = end - first - 1;
		firstDay[i] = day[first];
		lastDay[i] = day[end - 1];
		tx[i] = (lastDay[i] - firstDay[i]) / unitDays;
		T[i] = (asOfDay - firstDay[i]) / unitDays;
		repeatMean[i] = x[i] > 0 ? repeatSpend / x[i] : 0;
		spend[i] = repeatSpend + amount[first];
	}
	return {
		count,
		customer,
		x,
		tx,
		T,
		repeatMean,
		spend,
		orders,
		firstDay,
		lastDay,
		asOfDay,
		unitDays,
		history,
		rowOfOrder: null,
		tally,
	};
}
