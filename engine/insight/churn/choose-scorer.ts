import type { InnerCheck } from '../types';
import type { TrainedScorer } from './inner-check';
import { skillOf } from './skill';

/**
 * The scorer to use: the best on the inner check. Those that are behind it by less than chance can tell, with so many
 * outcomes, count as equally good, and the first of them in the given order is taken.
 */
export function chooseScorer(
	trained: readonly TrainedScorer[],
	inner: InnerCheck,
): TrainedScorer | null {
	const best = Math.max(...trained.map(({ check }) => skillOf(check, inner)));
	const rarer = Math.min(inner.buyers, inner.customers - inner.buyers);
	const noise = 0.3 / Math.sqrt(rarer);
	return trained.find(({ check }) => skillOf(check, inner) >= best - noise) ?? null;
}
