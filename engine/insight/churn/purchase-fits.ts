import {
	fitPurchaseModel,
	mergeRows,
	nobodyLeaves,
	predictCustomers,
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
 * nobody ever leaves is not usable, because its P(alive) is then 1 for all; nor is one that did not converge. NBD, which
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
	const trouble = troubleOf(mbgnbd, nbd);
	const bgnbd = withBgnbd || trouble !== null ? yield* fitPurchaseModel('bgnbd', rows) : null;
	return {
		mbgnbd: trouble === null ? mbgnbd : null,
		bgnbd: bgnbd !== null && troubleOf(bgnbd, nbd) === null ? bgnbd : null,
		nbd: nbd.converged ? nbd : null,
		trouble,
	};
}

function troubleOf(fit: PurchaseFit, withoutLeaving: PurchaseFit): FitTrouble {
	if (!fit.converged) return 'notConverged';
	return nobodyLeaves(fit, withoutLeaving) ? 'nobodyLeaves' : null;
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
