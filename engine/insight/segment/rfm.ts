import type { CustomerSummaries } from '../types';
import { quintiles } from './quintile';

/** Recency, frequency and monetary scores, 1 (worst) to 5 (best); row i belongs to row i of the summaries. */
export interface RfmScores {
	/** 5 for the fifth of customers who bought most recently. */
	readonly recency: Uint8Array;
	/** 5 for the fifth with the most days with an order. */
	readonly frequency: Uint8Array;
	/** 5 for the fifth with the highest spend over all orders. */
	readonly monetary: Uint8Array;
}

/** Fifths of the shop's own customers on the as-of day (Hughes 1994, "Strategic Database Marketing"). */
export function scoreRfm(summaries: CustomerSummaries): RfmScores {
	const { asOfDay, lastDay, x, spend } = summaries;
	return {
		recency: quintiles(
			lastDay.map((day) => asOfDay - day),
			'lower',
		),
		frequency: quintiles(x, 'higher'),
		monetary: quintiles(spend, 'higher'),
	};
}
