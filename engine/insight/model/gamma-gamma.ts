import type { Steps } from '../pause';
import { digamma, logGamma } from './log-gamma';
import { distinct } from './merged-rows';
import { minimise, type Minimum } from './minimise';

/** p and q without unit, gamma in currency. */
export interface SpendParameters {
	readonly p: number;
	readonly q: number;
	readonly gamma: number;
}

export interface SpendFit extends SpendParameters {
	readonly logLikelihood: number;
	readonly customers: number;
	readonly iterations: number;
	readonly converged: boolean;
}

const LOWER = [1e-4, 1e-4, 1e-8].map(Math.log);
const UPPER = [1e6, 1e6, 1e8].map(Math.log);
const STARTS = [
	[2, 3, 1],
	[6, 4, 0.5],
	[1, 1.5, 1],
	[20, 10, 0.5],
] as const;
const SAMPLE_ABOVE = 20_000;
const SAMPLE_SIZE = 4_000;

/**
 * Gamma-Gamma model of spend (Fader & Hardie 2013) by maximum likelihood: the amounts of a customer are gamma
 * distributed with shape p around a mean that varies between customers with q and gamma, whatever their frequency.
 * Takes customers with x ≥ 1 repeat transactions of mean amount above 0; others are left out. `start` in the same
 * currency as the amounts. `null` when no customer is left.
 */
export function* fitGammaGamma(
	x: Float64Array,
	mean: Float64Array,
	options: { readonly weight?: Float64Array; readonly start?: SpendParameters } = {},
): Steps<SpendFit | null> {
	const keep: number[] = [];
	for (let i = 0; i < x.length; i++) if (x[i] > 0 && mean[i] > 0) keep.push(i);
	if (keep.length === 0) return null;
	const counts = Float64Array.from(keep, (i) => x[i]);
	const means = Float64Array.from(keep, (i) => mean[i]);
	const weight = Float64Array.from(keep, (i) => options.weight?.[i] ?? 1);
	yield;

	const unit = means.reduce((sum, value) => sum + value, 0) / means.length;
	const scaled = means.map((value) => value / unit);
	const lower = Float64Array.from(LOWER);
	const upper = Float64Array.from(UPPER);
	const objective = objectiveOf(counts, scaled, weight);
	const given = options.start;
	let starts =
		given === undefined
			? STARTS.map((start) => start.map(Math.log))
			: [[given.p, given.q, given.gamma / unit].map(Math.log)];
	let inverseHessian: Float64Array | undefined;
	if (counts.length > SAMPLE_ABOVE) {
		const stride = Math.floor(counts.length / SAMPLE_SIZE);
		const some = (column: Float64Array) => column.filter((_, i) => i % stride === 0);
		const sample = objectiveOf(some(counts), some(scaled), some(weight));
		const rough = yield* bestOf(sample, starts, lower, upper, 1e-5);
		starts = [Array.from(rough.point)];
		inverseHessian = rough.inverseHessian;
	}
	const best = yield* bestOf(objective, starts, lower, upper, 1e-11, inverseHessian);

	const customers = weight.reduce((sum, w) => sum + w, 0);
	const [p, q, gamma] = Array.from(best.point, Math.exp);
	return {
		p,
		q,
		gamma: gamma * unit,
		logLikelihood: -best.value * customers - customers * Math.log(unit),
		customers,
		iterations: best.iterations,
		converged: best.converged,
	};
}

function* bestOf(
	objective: ReturnType<typeof objectiveOf>,
	starts: readonly number[][],
	lower: Float64Array,
	upper: Float64Array,
	tolerance: number,
	inverseHessian?: Float64Array,
): Steps<Minimum> {
	let best: Minimum | null = null;
	for (const start of starts) {
		const found: Minimum = yield* minimise(objective, start, {
			lower,
			upper,
			tolerance,
			inverseHessian,
		});
		if (best === null || found.value < best.value) best = found;
		if (best.converged && !best.atBound) break;
	}
	return best as Minimum;
}

/** Minus the mean log-likelihood as a function of the logarithms of (p, q, gamma). */
function objectiveOf(x: Float64Array, mean: Float64Array, weight: Float64Array) {
	const { values: counts, at } = distinct(x, false);
	const weightOf = new Float64Array(counts.length);
	const total = new Float64Array(x.length);
	let customers = 0;
	let logMeans = 0;
	let meanOfLogTotals = 0;
	for (let i = 0; i < x.length; i++) {
		const w = weight[i];
		weightOf[at[i]] += w;
		customers += w;
		total[i] = x[i] * mean[i];
		logMeans += w * Math.log(mean[i]);
		meanOfLogTotals += w * x[i] * Math.log(total[i]);
	}
	return (logs: Float64Array, gradient: Float64Array): number => {
		const [p, q, gamma] = [Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2])];
		let sum = p * meanOfLogTotals - logMeans;
		let dp = meanOfLogTotals;
		let dq = 0;
		let dgamma = 0;
		for (let k = 0; k < counts.length; k++) {
			const shape = p * counts[k];
			sum += weightOf[k] * (logGamma(shape + q) - logGamma(shape));
			const top = digamma(shape + q);
			dp += weightOf[k] * counts[k] * (top - digamma(shape));
			dq += weightOf[k] * top;
		}
		sum += customers * (q * logs[2] - logGamma(q));
		dq += customers * (logs[2] - digamma(q));
		dgamma += (customers * q) / gamma;
		for (let i = 0; i < x.length; i++) {
			const w = weight[i];
			const log = Math.log(gamma + total[i]);
			const shape = p * x[i] + q;
			sum -= w * shape * log;
			dp -= w * x[i] * log;
			dq -= w * log;
			dgamma -= (w * shape) / (gamma + total[i]);
		}
		gradient[0] = (-dp * p) / customers;
		gradient[1] = (-dq * q) / customers;
		gradient[2] = (-dgamma * gamma) / customers;
		return -sum / customers;
	};
}

/**
 * Expected spend of one transaction of a customer with x repeat transactions of the given mean: between that mean and
 * the shop's, gamma · p / (q − 1), by how much is known. Needs q > 1; NaN otherwise, as the shop's mean is then infinite.
 */
export function expectedSpend({ p, q, gamma }: SpendParameters, x: number, mean: number): number {
	if (!(q > 1)) return NaN;
	const shop = (gamma * p) / (q - 1);
	const trust = (p * x) / (p * x + q - 1);
	return (1 - trust) * shop + trust * mean;
}
