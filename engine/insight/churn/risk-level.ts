import type { RiskLevel } from '../types';

/** A risk from `medium` on is medium, from `high` on high. */
export interface RiskCutoffs {
	readonly medium: number;
	readonly high: number;
}

export const DEFAULT_CUTOFFS: RiskCutoffs = { medium: 0.5, high: 0.8 };

/** The level of a risk; `unknown` without one. */
export function levelOfRisk(risk: number, { medium, high }: RiskCutoffs): RiskLevel {
	if (Number.isNaN(risk)) return 'unknown';
	if (risk >= high) return 'high';
	return risk >= medium ? 'medium' : 'low';
}

/**
 * The level where no probability can be given: silence below one and a half of the customer's own rhythms is low, from
 * three on high. `unknown` for one-time buyers, who have no rhythm.
 */
export function levelOfSilence(silenceRatio: number): RiskLevel {
	if (Number.isNaN(silenceRatio)) return 'unknown';
	if (silenceRatio >= 3) return 'high';
	return silenceRatio >= 1.5 ? 'medium' : 'low';
}
