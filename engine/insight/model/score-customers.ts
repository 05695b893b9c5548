import type { Steps } from '../pause';
import { expectedPurchasesWhenAlive } from './expected-purchases';
import { extraOccasions, type PurchaseModelName, type PurchaseParameters } from './likelihood';
import { distinctPairs, type PurchaseColumns } from './merged-rows';
import { probabilityActiveWhenAlive, probabilityAlive } from './predictions';

const CUSTOMERS_A_STEP = 50_000;
const PAIRS_A_STEP = 4_000;

/** Predictions for every customer; see predictions.ts for each quantity. */
export interface CustomerPredictions {
	readonly pAlive: Float64Array;
	/** P(at least one transaction within the time). */
	readonly pActive: Float64Array;
}

/**
 * A quantity of a customer who is still one depends on x and T alone. It is worked out once for each pair that occurs
 * and then multiplied by each customer's own P(alive): days and counts repeat, so pairs are far fewer than customers.
 */
export function* timesAlive(
	columns: PurchaseColumns,
	pAlive: Float64Array,
	whenAlive: (x: number, T: number) => number,
): Steps<Float64Array> {
	const { pairOf, first } = distinctPairs(columns.x, columns.T);
	yield;
	const ofPair = new Float64Array(first.length);
	for (let k = 0; k < first.length; k++) {
		ofPair[k] = whenAlive(columns.x[first[k]], columns.T[first[k]]);
		if (k % PAIRS_A_STEP === PAIRS_A_STEP - 1) yield;
	}
	return pAlive.map((alive, i) => alive * ofPair[pairOf[i]]);
}

/** P(still a customer) of every customer. */
export function* aliveOf(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	columns: PurchaseColumns,
): Steps<Float64Array> {
	const pAlive = new Float64Array(columns.x.length);
	for (let i = 0; i < pAlive.length; i++) {
		pAlive[i] = probabilityAlive(model, parameters, columns.x[i], columns.tx[i], columns.T[i]);
		if (i % CUSTOMERS_A_STEP === CUSTOMERS_A_STEP - 1) yield;
	}
	return pAlive;
}

/** P(alive) and P(at least one transaction within `time`) of every customer. */
export function* predictCustomers(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	columns: PurchaseColumns,
	time: number,
): Steps<CustomerPredictions> {
	const pAlive = yield* aliveOf(model, parameters, columns);
	const pActive = yield* timesAlive(columns, pAlive, (x, T) =>
		probabilityActiveWhenAlive(parameters, x, T, time),
	);
	return { pAlive, pActive };
}

/** Expected transactions of every customer within `time`, given their P(alive). */
export function* expectedOf(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	columns: PurchaseColumns,
	pAlive: Float64Array,
	time: number,
): Steps<Float64Array> {
	return yield* timesAlive(columns, pAlive, expectedWhenAlive(model, parameters, time));
}

/** Expected transactions within `time` of a customer with x and T who is still one. */
export function expectedWhenAlive(
	model: PurchaseModelName,
	{ r, alpha, a, b }: PurchaseParameters,
	time: number,
): (x: number, T: number) => number {
	if (model === 'nbd') return (x, T) => ((r + x) * time) / (alpha + T);
	const extra = extraOccasions(model);
	return (x, T) => expectedPurchasesWhenAlive(r + x, time / (alpha + T), a, b + x + extra);
}
