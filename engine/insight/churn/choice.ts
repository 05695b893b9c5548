import type { PurchaseFit } from '../model';
import type { ScorerName, Warning } from '../types';
import { chooseScorer } from './choose-scorer';
import type { InnerCheckResult, TrainedScorer } from './inner-check';
import { logitOf } from './logistic';
import type { Observation } from './observation';
import { leadingFit, type PurchaseFits } from './purchase-fits';
import { SCORERS } from './scorers';

/** The scorer that is used today. */
export interface Choice {
	readonly name: ScorerName;
	readonly label: string;
	readonly fallbackReason: string | null;
	/** Risk of row i; null when only levels can be given. */
	readonly riskOf: ((i: number) => number) | null;
}

/** Decides which scorer is used today, and why it is another than the one intended. */
export function choose(
	observation: Observation,
	fits: PurchaseFits,
	checked: InnerCheckResult | null,
	wanted: 'auto' | ScorerName,
	warnings: Warning[],
): Choice {
	if (wanted === 'rhythmLevels') return rhythmLevels(null);
	const usable = (checked?.trained ?? []).filter(
		({ scorer }) => scorer.features(observation) !== null,
	);
	const lead = leadingFit(fits);
	if (wanted !== 'auto') {
		const trained = usable.find(({ scorer }) => scorer.name === wanted);
		if (trained !== undefined && checked !== null)
			return trainedChoice(trained, observation, checked);
		const closed = [fits.mbgnbd, fits.bgnbd, fits.nbd].find((fit) => fit?.model === wanted);
		if (closed) return closedChoice(closed, observation, null);
		warnings.push({
			code: 'scorer_unavailable',
			message: `The scorer "${wanted}" could not be used on this history; another one was.`,
		});
	}
	if (checked !== null) {
		const winner = chooseScorer(usable, checked.check);
		if (winner !== null) {
			const choice = trainedChoice(winner, observation, checked);
			const cause = warnings.find(
				({ code }) => code === 'nobody_leaves' || code === 'not_converged',
			);
			return cause === undefined ? choice : { ...choice, fallbackReason: cause.message };
		}
	}
	const reason = warnings.map(({ message }) => message).join(' ');
	return lead === null ? rhythmLevels(reason) : closedChoice(lead, observation, reason);
}

function rhythmLevels(fallbackReason: string | null): Choice {
	return {
		name: 'rhythmLevels',
		label: "levels from each customer's silence against their own rhythm, without a probability",
		fallbackReason,
		riskOf: null,
	};
}

/** The probability of the purchase model as it is. */
function closedChoice(
	fit: PurchaseFit,
	observation: Observation,
	fallbackReason: string | null,
): Choice {
	const active = observation.active[fit.model];
	const label = SCORERS.find(({ name }) => name === fit.model)?.label ?? fit.model;
	return {
		name: fit.model,
		label,
		fallbackReason,
		riskOf: active === null ? null : (i) => 1 - active[i],
	};
}

function trainedChoice(
	{ scorer, model }: TrainedScorer,
	observation: Observation,
	checked: InnerCheckResult,
): Choice {
	const features = scorer.features(observation);
	const row = new Float64Array(scorer.prior.length);
	const shift = scorer.knowsHorizon ? 0 : horizonShift(observation, checked.observation);
	return {
		name: scorer.name,
		label: scorer.label,
		fallbackReason: null,
		riskOf:
			features === null
				? null
				: (i) => {
						features(i, row);
						return 1 / (1 + Math.exp(-(logitOf(model, row) + shift)));
					},
	};
}

/**
 * How much rarer silence is over the horizon asked for than over the shorter one that was trained on, in log-odds, by
 * the purchase model. 0 when both are the same, or without a model.
 */
function horizonShift(now: Observation, then: Observation): number {
	if (Math.round(now.horizonDays) === then.horizonDays) return 0;
	for (const name of ['mbgnbd', 'bgnbd', 'nbd'] as const) {
		const [activeNow, activeThen] = [now.active[name], then.active[name]];
		if (activeNow !== null && activeThen !== null) {
			return logOdds(1 - mean(activeNow)) - logOdds(1 - mean(activeThen));
		}
	}
	return 0;
}

function mean(column: Float64Array): number {
	return column.reduce((sum, value) => sum + value, 0) / column.length;
}

function logOdds(probability: number): number {
	return Math.log(probability) - Math.log1p(-probability);
}
