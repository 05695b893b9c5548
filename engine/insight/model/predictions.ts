import { expectedPurchasesWhenAlive } from './expected-purchases';
import {
	extraOccasions,
	logDeadOdds,
	type PurchaseModelName,
	type PurchaseParameters,
} from './likelihood';
import { logRisingFactorial, logRisingRatio } from './log-gamma';

/** P(still a customer) after x repeat transactions, the last at tx, observed until T. 1 for nbd. */
export function probabilityAlive(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	x: number,
	tx: number,
	T: number,
): number {
	return 1 / (1 + Math.exp(logDeadOdds(model, parameters, x, tx, T)));
}

/** P(at least one transaction within `time` | still a customer): (alpha + T) / (alpha + T + time) to the r + x, from 1. */
export function probabilityActiveWhenAlive(
	{ r, alpha }: PurchaseParameters,
	x: number,
	T: number,
	time: number,
): number {
	return -Math.expm1(-(r + x) * Math.log1p(time / (alpha + T)));
}

/** P(at least one transaction within `time` from now on). Churn risk is 1 minus this. */
export function probabilityActive(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	x: number,
	tx: number,
	T: number,
	time: number,
): number {
	return (
		probabilityAlive(model, parameters, x, tx, T) *
		probabilityActiveWhenAlive(parameters, x, T, time)
	);
}

/** Expected transactions within `time` from now on. */
export function expectedPurchases(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	x: number,
	tx: number,
	T: number,
	time: number,
): number {
	const { r, alpha, a, b } = parameters;
	if (model === 'nbd') return ((r + x) * time) / (alpha + T);
	return (
		probabilityAlive(model, parameters, x, tx, T) *
		expectedPurchasesWhenAlive(r + x, time / (alpha + T), a, b + x + extraOccasions(model))
	);
}

/** Expected repeat transactions of a customer about whom nothing is known yet, within `time` of the first. */
export function expectedPurchasesOfNewcomer(
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	time: number,
): number {
	return expectedPurchases(model, parameters, 0, 0, 0, time);
}

/** P(exactly n repeat transactions within `time` of the first) for a customer about whom nothing is known yet. */
export function probabilityOfCount(
	model: PurchaseModelName,
	{ r, alpha, a, b }: PurchaseParameters,
	time: number,
	n: number,
): number {
	const logShare = -Math.log1p(alpha / time);
	const logBase = -r * Math.log1p(time / alpha);
	const nbd = (count: number) =>
		Math.exp(
			logBase + logRisingFactorial(r, count) - logRisingFactorial(1, count) + count * logShare,
		);
	if (model === 'nbd') return nbd(n);
	const occasions = n + extraOccasions(model);
	const stayed = Math.exp(logRisingRatio(b, a, occasions)) * nbd(n);
	if (occasions === 0) return stayed;
	let fewer = 0;
	for (let j = 0; j < n; j++) fewer += nbd(j);
	// B(a + 1, b + m − 1) / B(a, b): survived m − 1 occasions and left at the m-th.
	const leftAtLast = Math.exp(logRisingRatio(b, a, occasions - 1)) * (a / (a + b + occasions - 1));
	return stayed + leftAtLast * (1 - fewer);
}
