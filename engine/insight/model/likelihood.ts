import { logRisingFactorial, logRisingRatio } from './log-gamma';
import type { MergedRows } from './merged-rows';
import { fillRisingTable } from './rising-table';

/**
 * The purchase models. In all of them a customer buys at random with a rate that is gamma distributed (r, alpha) among
 * customers.
 * - `bgnbd`: after each repeat transaction the customer leaves with a probability that is beta distributed (a, b).
 *   Fader, Hardie & Lee 2005.
 * - `mbgnbd`: as bgnbd, and may leave after the first transaction too. Batislam et al. 2007, Hoppe & Wagner 2007.
 * - `nbd`: nobody leaves. Ehrenberg 1959.
 */
export type PurchaseModelName = 'mbgnbd' | 'bgnbd' | 'nbd';

/** r and alpha of the buying rate, alpha in time units; a and b of leaving, unused by nbd. */
export interface PurchaseParameters {
	readonly r: number;
	readonly alpha: number;
	readonly a: number;
	readonly b: number;
}

/**
 * How many occasions to leave a customer has had beyond the repeat transactions: the first transaction counts as one in
 * MBG/NBD only. This is the whole difference between the two models.
 */
export function extraOccasions(model: PurchaseModelName): 0 | 1 {
	return model === 'mbgnbd' ? 1 : 0;
}

/** Log-likelihood of one customer. */
export function logLikelihoodOf(
	model: PurchaseModelName,
	{ r, alpha, a, b }: PurchaseParameters,
	x: number,
	tx: number,
	T: number,
): number {
	// r ln alpha and −(r + x) ln(alpha + T) belong together: apart they cancel digits where T is short.
	const rate =
		logRisingFactorial(r, x) - r * Math.log1p(T / alpha) - (x === 0 ? 0 : x * Math.log(alpha + T));
	if (model === 'nbd') return rate;
	const occasions = x + extraOccasions(model);
	const stayed = rate + logRisingRatio(b, a, occasions);
	if (occasions === 0) return stayed;
	return stayed + logOnePlusExp(logDeadOdds(model, { r, alpha, a, b }, x, tx, T));
}

/** ln [P(left) / P(still a customer)]; −∞ for a one-time buyer in BG/NBD and for everybody in NBD. */
export function logDeadOdds(
	model: PurchaseModelName,
	{ r, alpha, a, b }: PurchaseParameters,
	x: number,
	tx: number,
	T: number,
): number {
	const occasions = x + extraOccasions(model);
	if (model === 'nbd' || occasions === 0) return -Infinity;
	return (
		Math.log(a) - Math.log(b + (occasions - 1)) + (r + x) * Math.log1p((T - tx) / (alpha + tx))
	);
}

function logOnePlusExp(v: number): number {
	return v > 0 ? v + Math.log1p(Math.exp(-v)) : Math.log1p(Math.exp(v));
}

/**
 * Minus the mean log-likelihood over merged rows, as a function of the logarithms of (r, alpha, a, b), or of (r, alpha)
 * for nbd, with its gradient. Scratch tables are made once.
 */
export function meanNegativeLogLikelihood(
	model: PurchaseModelName,
	rows: MergedRows,
): (logs: Float64Array, gradient: Float64Array) => number {
	const { count, weight, xAt, txAt, tAt, x, tx, T, customers } = rows;
	const extra = extraOccasions(model);
	const leaves = model !== 'nbd';
	const occasions = x.map((repeats) => repeats + extra);
	const table = () => new Float64Array(x.length);
	const [logR, slopeR, logB, slopeB, logAB, slopeAB] = [
		table(),
		table(),
		table(),
		table(),
		table(),
		table(),
	];
	const weightOfX = table();
	for (let k = 0; k < count; k++) weightOfX[xAt[k]] += weight[k];
	const logPrior = table();
	const reciprocal = table();
	const logAge = new Float64Array(T.length);
	const logLast = new Float64Array(tx.length);

	return (logs, gradient) => {
		const r = Math.exp(logs[0]);
		const alpha = Math.exp(logs[1]);
		const a = leaves ? Math.exp(logs[2]) : 0;
		const b = leaves ? Math.exp(logs[3]) : 1;
		fillRisingTable(r, x, logR, slopeR);
		// Per distinct x: everything that does not depend on time.
		let sum = 0;
		let dr = 0;
		let da = 0;
		let db = 0;
		if (leaves) {
			fillRisingTable(b, occasions, logB, slopeB);
			fillRisingTable(a + b, occasions, logAB, slopeAB);
		}
		for (let k = 0; k < x.length; k++) {
			sum += weightOfX[k] * logR[k];
			dr += weightOfX[k] * slopeR[k];
			if (!leaves) continue;
			const n = occasions[k];
			// Term by term where a is small against b, because the two tables then agree in most digits.
			sum += weightOfX[k] * (a < 1e-3 * b ? logRisingRatio(b, a, n) : logB[k] - logAB[k]);
			da -= weightOfX[k] * slopeAB[k];
			db += weightOfX[k] * (slopeB[k] - slopeAB[k]);
			logPrior[k] = n === 0 ? -Infinity : logs[2] - Math.log(b + (n - 1));
			reciprocal[k] = n === 0 ? 0 : 1 / (b + (n - 1));
		}
		// Logarithms of (alpha + t) / alpha, so that a large alpha costs no digits.
		for (let k = 0; k < T.length; k++) logAge[k] = Math.log1p(T[k] / alpha);
		for (let k = 0; k < tx.length; k++) logLast[k] = Math.log1p(tx[k] / alpha);

		let dalpha = 0;
		for (let k = 0; k < count; k++) {
			const at = xAt[k];
			const w = weight[k];
			const age = T[tAt[k]];
			const lnAge = logAge[tAt[k]];
			const exponent = r + x[at];
			let term = -exponent * lnAge;
			let slopeByR = -lnAge;
			let slopeByAlpha = -exponent / (alpha + age);
			if (leaves) {
				const span = lnAge - logLast[txAt[k]];
				const logOdds = logPrior[at] + exponent * span;
				let left: number;
				if (logOdds > 0) {
					const odds = Math.exp(-logOdds);
					term += logOdds + Math.log1p(odds);
					left = 1 / (1 + odds);
				} else {
					const odds = Math.exp(logOdds);
					term += Math.log1p(odds);
					left = odds / (1 + odds);
				}
				slopeByR += left * span;
				slopeByAlpha += left * exponent * (1 / (alpha + age) - 1 / (alpha + tx[txAt[k]]));
				const weighted = w * left;
				da += weighted / a;
				db -= weighted * reciprocal[at];
			}
			sum += w * term;
			dr += w * slopeByR;
			dalpha += w * slopeByAlpha;
		}
		// What is left of r ln alpha − (r + x) ln alpha after the division by alpha above.
		sum -= rows.repeats * logs[1];
		dalpha += (r * customers) / alpha;

		gradient[0] = (-dr * r) / customers;
		gradient[1] = (-dalpha * alpha) / customers;
		if (leaves) {
			gradient[2] = (-da * a) / customers;
			gradient[3] = (-db * b) / customers;
		}
		return -sum / customers;
	};
}
