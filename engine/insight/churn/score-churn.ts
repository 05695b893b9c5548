import { refusal, success, type Result } from '../../result';
import { expectedOf } from '../model';
import { runWithPauses, type Pause, type Steps } from '../pause';
import type { ChurnReport, CustomerSummaries, ScorerName, Warning } from '../types';
import { choose } from './choice';
import { chooseScorer } from './choose-scorer';
import { checkInside } from './inner-check';
import { checkWarning, dataWarnings, fitWarning, modelCard } from './model-card';
import { observe } from './observation';
import { fitPurchaseModels, leadingFit, predictAll } from './purchase-fits';
import { reasonsFor } from './reasons';
import { DEFAULT_CUTOFFS, levelOfRisk, levelOfSilence, type RiskCutoffs } from './risk-level';

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
