import { civilDayText } from '../purchase';
import type { CustomerSummaries, TransactionHistory } from '../types';

/** Customers who made their first order in the same calendar month. */
export interface Cohort {
	/** `2026-01`. */
	readonly month: string;
	readonly customers: number;
	/** Customers with a second day with an order, until the as-of day. */
	readonly returned: number;
	/**
	 * Customers whose second day with an order came within `withinDays` of the first. Null where the youngest of
	 * the month has not had that long, or where single orders are not known: older months would look better
	 * only because they had more time.
	 */
	readonly returnedWithin: number | null;
	/** Spend over all orders of these customers, in the shop's currency. */
	readonly revenue: number;
}

/** Calendar month of the first order, `2026-01`. */
export function cohortMonth(firstDay: number): string {
	return civilDayText(firstDay).slice(0, 7);
}

/** One row a month in which somebody bought for the first time, the oldest first. */
export function cohorts(summaries: CustomerSummaries, withinDays: number): Cohort[] {
	const months = new Map<string, Growing>();
	for (let row = 0; row < summaries.count; row++) {
		const month = cohortMonth(summaries.firstDay[row]);
		let cohort = months.get(month);
		if (cohort === undefined) {
			cohort = { customers: 0, returned: 0, returnedWithin: 0, revenue: 0, youngest: 0 };
			months.set(month, cohort);
		}
		cohort.customers += 1;
		cohort.revenue += summaries.spend[row];
		cohort.youngest = Math.max(cohort.youngest, summaries.firstDay[row]);
		if (summaries.x[row] > 0) cohort.returned += 1;
		if (summaries.history !== null && daysToSecond(summaries.history, row) <= withinDays) {
			cohort.returnedWithin += 1;
		}
	}
	return [...months]
		.sort(([left], [right]) => (left < right ? -1 : 1))
		.map(([month, { youngest, returnedWithin, ...cohort }]) => ({
			month,
			...cohort,
			returnedWithin:
				summaries.history !== null && youngest + withinDays <= summaries.asOfDay
					? returnedWithin
					: null,
		}));
}

interface Growing {
	customers: number;
	returned: number;
	returnedWithin: number;
	revenue: number;
	youngest: number;
}

function daysToSecond({ start, day }: TransactionHistory, row: number): number {
	const first = start[row];
	return start[row + 1] - first > 1 ? day[first + 1] - day[first] : Infinity;
}
