import type { InnerCheck, ScorerCheck } from '../types';

/**
 * One figure for how good a scorer was: how well it ranks (2 · AUC − 1) plus how much it lowers the Brier score of saying
 * the same for everybody. 0 is worth nothing, 2 perfect. Ranking alone would accept wrong probabilities, the Brier score
 * alone cannot tell apart scorers where hardly anybody buys.
 */
export function skillOf(
	check: ScorerCheck,
	inner: Pick<InnerCheck, 'customers' | 'buyers'>,
): number {
	const share = inner.buyers / inner.customers;
	return 2 * check.auc - 1 + 1 - check.brier / (share * (1 - share));
}
