import type { Steps } from '../pause';
import { viewAsOf } from '../purchase';
import type { CustomerSummaries, InnerCheck, ScorerCheck } from '../types';
import { areaUnderCurve, brierScore } from './accuracy';
import { skillOf } from './skill';
import { fitLogistic, logitOf, type FeatureWriter, type LogisticModel } from './logistic';
import { observe, type Observation } from './observation';
import { fitPurchaseModels, predictAll } from './purchase-fits';
import { SCORERS, type Scorer } from './scorers';

/** Customers that are looked at, at most: more would not change a figure that is shown. */
const MOST_CUSTOMERS = 40_000;
const FEWEST_CUSTOMERS = 100;
/** Of those who bought and of those who did not. */
const FEWEST_OF_EACH = 20;
const FOLDS = 5;
/** Earlier days on which the scorers are tried, at most: several, so that one season does not stand for all. */
const MOST_CUTS = 4;

/** A scorer trained on what customers did after the cuts, and how good it was on customers it was not trained on. */
export interface TrainedScorer {
	readonly scorer: Scorer;
	readonly model: LogisticModel;
	readonly check: ScorerCheck;
}

export interface InnerCheckResult {
	readonly check: InnerCheck;
	readonly trained: readonly TrainedScorer[];
	/** What the scorers saw on the latest cut day. */
	readonly observation: Observation;
}

/** Why there was no inner check. */
export type NoCheck = 'noHistory' | 'shortHistory' | 'fewOutcomes';

/** One earlier day: what was known, and who bought nothing from then until the horizon was over. */
interface Cut {
	readonly observation: Observation;
	readonly none: Uint8Array;
	/** Fold of each customer; a customer is in the same fold on every day. */
	readonly fold: Uint8Array;
}

/**
 * Scores as of earlier days and compares with what happened from then on. The latest of these days leaves the last
 * `horizonDays` of the history to judge by, or its second half where that is shorter; the others lie a horizon apart
 * before it. Each customer's probability comes from a training without that customer's fold.
 */
export function* checkInside(
	summaries: CustomerSummaries,
	horizonDays: number,
): Steps<InnerCheckResult | NoCheck> {
	if (summaries.history === null) return 'noHistory';
	let firstDay = Infinity;
	for (const day of summaries.firstDay) firstDay = Math.min(firstDay, day);
	const span = summaries.asOfDay - firstDay;
	const innerDays = Math.min(Math.round(horizonDays), Math.floor(span / 2));
	if (innerDays < 1) return 'shortHistory';
	const cutCount = Math.max(1, Math.min(MOST_CUTS, Math.floor(span / 2 / innerDays)));
	const cuts: Cut[] = [];
	for (let k = 1; k <= cutCount; k++) {
		const cut = yield* cutAt(
			summaries,
			summaries.asOfDay - k * innerDays,
			innerDays,
			MOST_CUSTOMERS / cutCount,
		);
		if (cut !== null) cuts.push(cut);
		else if (k === 1) return 'fewOutcomes';
	}

	const trained: TrainedScorer[] = [];
	for (const scorer of SCORERS) {
		yield;
		const result = yield* train(scorer, cuts);
		if (result !== null) trained.push(result);
	}
	const none = cuts.map((cut) => cut.none);
	const customers = none.reduce((sum, column) => sum + column.length, 0);
	const silent = none.reduce((sum, column) => sum + total(column), 0);
	const counts = {
		cutDay: summaries.asOfDay - innerDays,
		cuts: cuts.length,
		horizonDays: innerDays,
		customers,
		buyers: customers - silent,
	};
	const bestFirst = trained
		.map(({ check }) => check)
		.sort((left, right) => skillOf(right, counts) - skillOf(left, counts));
	return {
		check: { ...counts, scorers: bestFirst },
		trained,
		observation: cuts[0].observation,
	};
}

function total(column: Uint8Array): number {
	return column.reduce((sum, value) => sum + value, 0);
}

function* cutAt(
	summaries: CustomerSummaries,
	day: number,
	horizonDays: number,
	limit: number,
): Steps<Cut | null> {
	const view = viewAsOf(summaries, day, day + horizonDays, limit);
	yield;
	if (view === null) return null;
	const none = Uint8Array.from(view.later, (orders) => (orders > 0 ? 0 : 1));
	const silent = total(none);
	if (
		none.length < FEWEST_CUSTOMERS ||
		silent < FEWEST_OF_EACH ||
		none.length - silent < FEWEST_OF_EACH
	) {
		return null;
	}
	const fits = yield* fitPurchaseModels(view.summaries, true);
	const predictions = yield* predictAll(fits, view.summaries, horizonDays);
	const observation = yield* observe(view.summaries, horizonDays, {
		mbgnbd: predictions.mbgnbd?.pActive ?? null,
		bgnbd: predictions.bgnbd?.pActive ?? null,
		nbd: predictions.nbd?.pActive ?? null,
	});
	return { observation, none, fold: Uint8Array.from(view.row, foldOf) };
}

function* train(scorer: Scorer, cuts: readonly Cut[]): Steps<TrainedScorer | null> {
	const usable: Array<{ cut: Cut; write: FeatureWriter; from: number }> = [];
	let size = 0;
	for (const cut of cuts) {
		const write = scorer.features(cut.observation);
		if (write === null) continue;
		usable.push({ cut, write, from: size });
		size += cut.none.length;
	}
	// A scorer that cannot be used on the latest day cannot be used today.
	if (usable.length === 0 || usable[0].cut !== cuts[0]) return null;

	const none = new Uint8Array(size);
	const fold = new Uint8Array(size);
	const cutOf = new Uint8Array(size);
	usable.forEach(({ cut, from }, k) => {
		none.set(cut.none, from);
		fold.set(cut.fold, from);
		cutOf.fill(k, from, from + cut.none.length);
	});
	const features: FeatureWriter = (i, out) => {
		const { write, from } = usable[cutOf[i]];
		write(i - from, out);
	};
	const everyone = Int32Array.from(none, (_, i) => i);
	const model = fitLogistic(everyone, features, none, scorer.prior);
	if (model === null) return null;
	const risk = new Float64Array(size);
	const row = new Float64Array(scorer.prior.length);
	for (let left = 0; left < FOLDS; left++) {
		yield;
		const others = everyone.filter((i) => fold[i] !== left);
		const withoutFold = fitLogistic(others, features, none, scorer.prior);
		if (withoutFold === null) return null;
		for (const i of everyone) {
			if (fold[i] !== left) continue;
			features(i, row);
			risk[i] = 1 / (1 + Math.exp(-logitOf(withoutFold, row)));
		}
	}

	yield;
	let auc = 0;
	let aucRepeat = 0;
	for (const { cut, from } of usable) {
		const end = from + cut.none.length;
		const weight = cut.none.length / size;
		auc += weight * areaUnderCurve(risk.subarray(from, end), cut.none);
		const repeaters = everyone.filter(
			(i) => i >= from && i < end && cut.observation.summaries.x[i - from] > 0,
		);
		const pick = (column: Float64Array | Uint8Array) =>
			Float64Array.from(repeaters, (i) => column[i]);
		aucRepeat += weight * areaUnderCurve(pick(risk), pick(none));
	}
	return {
		scorer,
		model,
		check: { scorer: scorer.name, auc, brier: brierScore(risk, none), aucRepeat },
	};
}

/** Folds by a hash of the row, so that a shop's order of customers does not matter (multiplier of Knuth). */
function foldOf(row: number): number {
	return (Math.imul(row + 1, 2_654_435_761) >>> 8) % FOLDS;
}
