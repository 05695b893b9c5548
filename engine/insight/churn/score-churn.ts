import { refusal, success, type Result } from '../../result';
import { expectedOf, type PurchaseFit } from '../model';
import { runWithPauses, type Pause, type Steps } from '../pause';
import type { ChurnReport, CustomerSummaries, ScorerName, Warning } from '../types';
import { chooseScorer } from './choose-scorer';
import { checkInside, type InnerCheckResult, type TrainedScorer } from './inner-check';
import { logitOf } from './logistic';
import { checkWarning, dataWarnings, fitWarning, modelCard } from './model-card';
import { observe, type Observation } from './observation';
import { fitPurchaseModels, leadingFit, predictAll, type PurchaseFits } from './purchase-fits';
import { reasonsFor } from './reasons';
import { DEFAULT_CUTOFFS, levelOfRisk, levelOfSilence, type RiskCutoffs } from './risk-level';
import { SCORERS } from './scorers';

const CUSTOMERS_A_STEP = 50_000;

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
 *
 * The scorers are tried inside the history and the best of them is used. Where that cannot be done, the purchase model
 * is used unchecked; where there is too little for that too, only levels are given, from each customer's own rhythm. The
 * card says which, and why. Refused are options out of range, summaries without a customer, and cancelled work
 * (`cancelled`).
 */
export async function scoreChurn(
	summaries: CustomerSummaries,
	options: ChurnOptions = {},
): Promise<Result<ChurnReport>> {
	const horizonDays = options.horizonDays ?? 90;
	const cutoffs = options.cutoffs ?? DEFAULT_CUTOFFS;
	if (!(horizonDays > 0 && Number.isFinite(horizonDays))) {
		return refusal(
			'bad_horizon',
			`A horizon of ${horizonDays} days makes no sense. Give a number of days above 0.`,
		);
	}
	if (!(cutoffs.medium >= 0 && cutoffs.medium <= cutoffs.high && cutoffs.high <= 1)) {
		return refusal(
			'bad_cutoffs',
			`The cut-offs ${cutoffs.medium} (medium) and ${cutoffs.high} (high) must lie between 0 and 1, medium not above high.`,
		);
	}
	if (summaries.count === 0) {
		return refusal('no_customers', 'No order counts, so there is no customer to score.');
	}
	const report = await runWithPauses(
		score(summaries, horizonDays, cutoffs, options.scorer ?? 'auto'),
		options.pause,
	);
	return report === null
		? refusal('cancelled', 'Scoring was cancelled before it was done.')
		: success(report);
}

function* score(
	summaries: CustomerSummaries,
	horizonDays: number,
	cutoffs: RiskCutoffs,
	wanted: 'auto' | ScorerName,
): Steps<ChurnReport> {
	const inner = yield* checkInside(summaries, horizonDays);
	const checked = typeof inner === 'string' ? null : inner;
	const warnings: Warning[] = [];
	if (typeof inner === 'string') warnings.push(checkWarning(inner));

	const winner = checked === null ? null : chooseScorer(checked.trained, checked.check);
	const bgnbdNeeded = wanted === 'bgnbd' || winner?.scorer.name === 'bgnbd';
	const fits = yield* fitPurchaseModels(summaries, bgnbdNeeded);
	const trouble = fitWarning(fits.trouble, summaries);
	if (trouble !== null) warnings.push(trouble);
	const fit = leadingFit(fits);
	const predictions = yield* predictAll(fits, summaries, horizonDays);
	const observation = yield* observe(summaries, horizonDays, {
		mbgnbd: predictions.mbgnbd?.pActive ?? null,
		bgnbd: predictions.bgnbd?.pActive ?? null,
		nbd: predictions.nbd?.pActive ?? null,
	});

	const choice = choose(observation, fits, checked, wanted, warnings);
	const risk = new Float64Array(summaries.count).fill(NaN);
	if (choice.riskOf !== null) {
		for (let i = 0; i < risk.length; i++) {
			risk[i] = choice.riskOf(i);
			if (i % CUSTOMERS_A_STEP === CUSTOMERS_A_STEP - 1) yield;
		}
	}

	const unknown = () => new Float64Array(summaries.count).fill(NaN);
	const alive = fit === null ? null : (predictions[fit.model]?.pAlive ?? null);
	const expectedOrders =
		fit === null || alive === null
			? unknown()
			: yield* expectedOf(fit.model, fit, summaries, alive, horizonDays / summaries.unitDays);
	const pAlive = alive === null || fit?.model === 'nbd' ? unknown() : alive;
	const { silenceDays, rhythmDays, typicalRhythm } = observation;
	const silenceRatio = silenceDays.map((silence, i) => silence / Math.max(rhythmDays[i], 1));

	const check = checked?.check ?? null;
	warnings.push(...dataWarnings(summaries, horizonDays, check, choice.name));
	const columns = {
		summaries,
		risk,
		pAlive,
		daysSinceLast: silenceDays,
		rhythmDays,
		typicalRhythm,
	};
	return {
		count: summaries.count,
		risk,
		pAlive,
		expectedOrders,
		daysSinceLast: silenceDays,
		rhythmDays,
		silenceRatio,
		level: (i) =>
			choice.name === 'rhythmLevels'
				? levelOfSilence(silenceRatio[i])
				: levelOfRisk(risk[i], cutoffs),
		reasons: (i) => reasonsFor(columns, i),
		card: modelCard(
			summaries,
			horizonDays,
			choice.name,
			choice.label,
			choice.fallbackReason,
			check,
			fit,
			warnings,
		),
	};
}

interface Choice {
	readonly name: ScorerName;
	readonly label: string;
	readonly fallbackReason: string | null;
	/** Risk of row i; null when only levels can be given. */
	readonly riskOf: ((i: number) => number) | null;
}

/** Decides which scorer is used today, and why it is another than the one intended. */
function choose(
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
