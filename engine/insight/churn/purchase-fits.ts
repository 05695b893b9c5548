import {
	fitPurchaseModel,
	mergeRows,
	nobodyLeaves,
	predictCustomers,
	probabilityAlive,
	type CustomerPredictions,
	type PurchaseFit,
} from '../model';
import type { Steps } from '../pause';
import type { CustomerSummaries } from '../types';

/** Fewer customers, or fewer who came back, than this say nothing about four parameters. */
export const FEWEST_CUSTOMERS = 50;
export const FEWEST_REPEAT_CUSTOMERS = 15;

/** Why a purchase model was not used, if so. */
export type FitTrouble = 'nobodyLeaves' | 'notConverged' | 'tooFewCustomers' | null;

/** The purchase models fitted to one set of summaries; null where one was not usable. */
export interface PurchaseFits {
	readonly mbgnbd: PurchaseFit | null;
	readonly bgnbd: PurchaseFit | null;
	readonly nbd: PurchaseFit | null;
	readonly trouble: FitTrouble;
}

/** Whether there is enough to fit a purchase model on. */
export function enoughToFit(summaries: CustomerSummaries): boolean {
	return (
		summaries.count >= FEWEST_CUSTOMERS && repeatCustomersOf(summaries) >= FEWEST_REPEAT_CUSTOMERS
	);
}

export function repeatCustomersOf(summaries: CustomerSummaries): number {
	let repeat = 0;
	for (const x of summaries.x) if (x > 0) repeat++;
	return repeat;
}

/**
 * Fits the purchase models; BG/NBD only when asked for or when MBG/NBD is not usable. A model with leaving that says
 * nobody ever leaves is not usable, because its P(alive) is then 1 for all; nor is one that says it of nearly everybody and
 * explains the history no better than chance; nor one that did not converge. NBD, which
 * needs no leaving, remains.
 */
export function* fitPurchaseModels(
	summaries: CustomerSummaries,
	withBgnbd: boolean,
): Steps<PurchaseFits> {
	if (!enoughToFit(summaries)) {
		return { mbgnbd: null, bgnbd: null, nbd: null, trouble: 'tooFewCustomers' };
	}
	const rows = yield* mergeRows(summaries);
	const nbd = yield* fitPurchaseModel('nbd', rows);
	const mbgnbd = yield* fitPurchaseModel('mbgnbd', rows);
	const trouble = troubleOf(mbgnbd, nbd, summaries);
	const bgnbd = withBgnbd || trouble !== null ? yield* fitPurchaseModel('bgnbd', rows) : null;
	return {
		mbgnbd: trouble === null ? mbgnbd : null,
		bgnbd: bgnbd !== null && troubleOf(bgnbd, nbd, summaries) === null ? bgnbd : null,
		nbd: nbd.converged ? nbd : null,
		trouble,
	};
}

/** A gain in log-likelihood below this may be chance (half of the 95 % point of chi-squared with one degree of freedom). */
const CHANCE_GAIN = 1.92;
const HARDLY_ANYBODY = 0.05;

function troubleOf(
	fit: PurchaseFit,
	withoutLeaving: PurchaseFit,
	summaries: CustomerSummaries,
): FitTrouble {
	if (nobodyLeaves(fit, withoutLeaving)) return 'nobodyLeaves';
	if (!fit.converged) return 'notConverged';
	const gain = fit.logLikelihood - withoutLeaving.logLikelihood;
	return gain < CHANCE_GAIN && shareLeft(fit, summaries) < HARDLY_ANYBODY ? 'nobodyLeaves' : null;
}

function shareLeft(fit: PurchaseFit, { count, x, tx, T }: CustomerSummaries): number {
	let left = 0;
	for (let i = 0; i < count; i++) left += 1 - probabilityAlive(fit.model, fit, x[i], tx[i], T[i]);
	return left / count;
}

/** The fit whose P(alive) and expected orders are reported. */
export function leadingFit(fits: PurchaseFits): PurchaseFit | null {
	return fits.mbgnbd ?? fits.bgnbd ?? fits.nbd;
}

/** Predictions of every usable model for a horizon. */
export function* predictAll(
	fits: PurchaseFits,
	summaries: CustomerSummaries,
	horizonDays: number,
): Steps<Record<'mbgnbd' | 'bgnbd' | 'nbd', CustomerPredictions | null>> {
	const time = horizonDays / summaries.unitDays;
	const of = function* (fit: PurchaseFit | null): Steps<CustomerPredictions | null> {
		return fit === null ? null : yield* predictCustomers(fit.model, fit, summaries, time);
	};
	return {
		mbgnbd: yield* of(fits.mbgnbd),
		bgnbd: yield* of(fits.bgnbd),
		nbd: yield* of(fits.nbd),
	};
}
