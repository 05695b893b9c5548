import type { Steps } from '../pause';
import type { CustomerSummaries } from '../types';
import { quintilesOf } from './rfm-quintile';
import { rhythmDaysOf, typicalRhythmDays } from './rhythm';

/** All that the scorers look at, on one day and for one horizon. */
export interface Observation {
	readonly summaries: CustomerSummaries;
	readonly horizonDays: number;
	/** Days since the last transaction. */
	readonly silenceDays: Float64Array;
	readonly rhythmDays: Float64Array;
	/** Median of the customers' rhythms; NaN when nobody has bought twice. */
	readonly typicalRhythm: number;
	/** Mean spend of a transaction of the shop; 0 when no amounts are known. */
	readonly meanAmount: number;
	/** P(at least one order within the horizon) by purchase model; null when that one could not be used. */
	readonly active: Readonly<Record<'mbgnbd' | 'bgnbd' | 'nbd', Float64Array | null>>;
	/** Quintiles of recency (5 is the most recent), frequency and spend. */
	rfm(): { readonly r: Uint8Array; readonly f: Uint8Array; readonly m: Uint8Array };
}

/** Observes summaries on their as-of day. */
export function* observe(
	summaries: CustomerSummaries,
	horizonDays: number,
	active: Observation['active'],
): Steps<Observation> {
	const silenceDays = Float64Array.from(summaries.lastDay, (day) => summaries.asOfDay - day);
	yield;
	const rhythmDays = rhythmDaysOf(summaries);
	yield;
	const typicalRhythm = typicalRhythmDays(rhythmDays);
	yield;
	const transactions = summaries.x.reduce((total, repeats) => total + repeats + 1, 0);
	const meanAmount = summaries.spend.reduce((total, spend) => total + spend, 0) / transactions;
	let quintiles: ReturnType<Observation['rfm']> | null = null;
	return {
		summaries,
		horizonDays,
		silenceDays,
		rhythmDays,
		typicalRhythm,
		meanAmount,
		active,
		rfm: () => {
			quintiles ??= {
				r: quintilesOf(silenceDays.map((days) => -days)),
				f: quintilesOf(summaries.x),
				m: quintilesOf(summaries.spend),
			};
			return quintiles;
		},
	};
}
