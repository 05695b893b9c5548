import type { CustomerSummaries } from '../types';

/**
 * The customer's own rhythm: the median of the days between transactions, or their mean where single transactions are
 * not known. NaN with fewer than two transactions.
 */
export function rhythmDaysOf(summaries: CustomerSummaries): Float64Array {
	const { history, x, tx, unitDays, count } = summaries;
	const rhythm = new Float64Array(count).fill(NaN);
	for (let i = 0; i < count; i++) {
		if (!(x[i] > 0)) continue;
		rhythm[i] = (tx[i] * unitDays) / x[i];
		if (history === null || x[i] < 2) continue;
		const gaps = new Float64Array(x[i]);
		const first = history.start[i];
		for (let k = 0; k < gaps.length; k++) {
			gaps[k] = history.day[first + k + 1] - history.day[first + k];
		}
		rhythm[i] = medianOfSorted(gaps.sort());
	}
	return rhythm;
}

/** Median of the rhythms that are known; NaN when there is none. */
export function typicalRhythmDays(rhythmDays: Float64Array): number {
	return medianOfSorted(rhythmDays.filter((days) => !Number.isNaN(days)).sort());
}

function medianOfSorted(values: Float64Array): number {
	const middle = values.length >>> 1;
	return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
