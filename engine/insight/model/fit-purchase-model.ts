import type { Steps } from '../pause';
import {
	meanNegativeLogLikelihood,
	type PurchaseModelName,
	type PurchaseParameters,
} from './likelihood';
import { sampleRows, type MergedRows } from './merged-rows';
import { minimise, type Minimum, type Objective } from './minimise';

export interface PurchaseFitOptions {
	/** Where to begin, in the time unit of the rows; several places of our own when not given. */
	readonly start?: PurchaseParameters;
	/** Adds this times the sum of the squared parameters to the mean negative log-likelihood; 0 when not given. */
	readonly penalizer?: number;
}

/** A purchase model fitted by maximum likelihood; parameters in the time unit of the rows. Plain data. */
export interface PurchaseFit extends PurchaseParameters {
	readonly model: PurchaseModelName;
	readonly logLikelihood: number;
	readonly customers: number;
	readonly iterations: number;
	readonly converged: boolean;
}

/**
 * The search goes over ln r, the log of the mean buying rate r / alpha, the log-odds of a / (a + b) and ln (a + b), with
 * the mean observation time as the unit. Where the likelihood is flat (all buy alike, all leave alike, nobody leaves) it is
 * flat along one of these axes, so that such a fit ends on a bound after a few steps instead of creeping along a ridge.
 */
const LOWER = [Math.log(1e-5), Math.log(1e-8), Math.log(1e-8), Math.log(1e-5)];
const UPPER = [Math.log(1e4), Math.log(1e6), Math.log(1e6), Math.log(1e5)];

/** Places to begin at, as (r, a, b); alpha then follows from the mean rate of buying. */
const STARTS = [
	[0.5, 0.8, 2],
	[1.5, 0.1, 1],
	[0.2, 2, 10],
] as const;

/** More rows than this are first fitted on a sample, which leaves few steps to do on all of them. */
const SAMPLE_ABOVE = 12_000;
const SAMPLE_SIZE = 4_000;

/**
 * Fits a purchase model to merged rows. Beginning at one place is enough where the maximum is inside the bounds;
 * where a fit ends on a bound or does not converge, the other places are tried too and the highest likelihood counts.
 */
export function* fitPurchaseModel(
	model: PurchaseModelName,
	rows: MergedRows,
	options: PurchaseFitOptions = {},
): Steps<PurchaseFit> {
	const unit = rows.time / rows.customers || 1;
	const scaled = inUnit(rows, unit);
	const size = model === 'nbd' ? 2 : 4;
	const given = options.start;
	const starts =
		given === undefined
			? startsOf(scaled).map((start) => start.slice(0, size))
			: [searchPoint(given.r, given.alpha / unit, given.a, given.b).slice(0, size)];

	const lower = Float64Array.from(LOWER.slice(0, size));
	const upper = Float64Array.from(UPPER.slice(0, size));
	const objectiveOf = (some: MergedRows) =>
		overSearchPoint(
			penalised(meanNegativeLogLikelihood(model, some), options.penalizer ?? 0, unit),
			size,
		);
	const objective = objectiveOf(scaled);

	let rough: Minimum | null = null;
	if (rows.count > SAMPLE_ABOVE) {
		const sample = yield* sampleRows(scaled, Math.floor(rows.count / SAMPLE_SIZE));
		rough = yield* bestOf(objectiveOf(sample), starts, lower, upper, 1e-5);
	}
	let best: Minimum;
	if (rough === null) {
		best = yield* bestOf(objective, starts, lower, upper, 1e-11);
	} else {
		const { point, inverseHessian } = rough;
		best = yield* minimise(objective, point, { lower, upper, inverseHessian });
		if (!best.converged) best = yield* minimise(objective, best.point, { lower, upper });
	}

	const [r, alpha, a, b] = Array.from(parameterLogs(best.point), Math.exp);
	const penalty = (options.penalizer ?? 0) * squares([r, alpha * unit, a ?? 0, b ?? 0]);
	return {
		model,
		r,
		alpha: alpha * unit,
		a: a ?? NaN,
		b: b ?? NaN,
		// Each repeat transaction has a density per time unit, so the unit shows in the likelihood.
		logLikelihood: -(best.value - penalty) * rows.customers - rows.repeats * Math.log(unit),
		customers: rows.customers,
		iterations: best.iterations,
		converged: best.converged,
	};
}

function* bestOf(
	objective: Objective,
	starts: readonly number[][],
	lower: Float64Array,
	upper: Float64Array,
	tolerance: number,
): Steps<Minimum> {
	let best: Minimum | null = null;
	for (const start of starts) {
		const found: Minimum = yield* minimise(objective, start, { lower, upper, tolerance });
		if (best === null || found.value < best.value) best = found;
		if (best.converged && !best.atBound) break;
	}
	return best as Minimum;
}

function startsOf(rows: MergedRows): number[][] {
	const rate = Math.max(rows.repeats, 0.5) / rows.time || 1;
	return STARTS.map(([r, a, b]) => searchPoint(r, r / rate, a, b));
}

function searchPoint(r: number, alpha: number, a: number, b: number): number[] {
	return [r, r / alpha, a / b, a + b].map(Math.log);
}

/** Logarithms of r, alpha and, where the point has them, a and b. */
function parameterLogs(point: Float64Array): Float64Array {
	const logs = Float64Array.of(point[0], point[0] - point[1]);
	if (point.length === 2) return logs;
	const logA = point[3] - Math.log1p(Math.exp(-point[2]));
	return Float64Array.of(...logs, logA, logA - point[2]);
}

/** A function of the logarithms of the parameters as one of the point of the search. */
function overSearchPoint(objective: Objective, size: number): Objective {
	const byLogs = new Float64Array(size);
	return (point, gradient) => {
		const value = objective(parameterLogs(point), byLogs);
		gradient[0] = byLogs[0] + byLogs[1];
		gradient[1] = -byLogs[1];
		if (size === 4) {
			const share = 1 / (1 + Math.exp(-point[2]));
			gradient[2] = byLogs[2] * (1 - share) - byLogs[3] * share;
			gradient[3] = byLogs[2] + byLogs[3];
		}
		return value;
	};
}

function inUnit(rows: MergedRows, unit: number): MergedRows {
	return {
		...rows,
		tx: rows.tx.map((time) => time / unit),
		T: rows.T.map((time) => time / unit),
		time: rows.time / unit,
	};
}

function squares(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value * value, 0);
}

function penalised(objective: Objective, penalizer: number, unit: number): Objective {
	if (penalizer === 0) return objective;
	return (logs, gradient) => {
		let value = objective(logs, gradient);
		logs.forEach((log, i) => {
			const parameter = Math.exp(log) * (i === 1 ? unit : 1);
			value += penalizer * parameter * parameter;
			gradient[i] += 2 * penalizer * parameter * parameter;
		});
		return value;
	};
}

/**
 * Whether a fit says that nobody ever leaves: the chance to leave is next to nothing, or letting customers leave
 * explains the data no better than the model without leaving. Every P(alive) is then 1 and says nothing.
 */
export function nobodyLeaves(fit: PurchaseFit, withoutLeaving: PurchaseFit): boolean {
	return fit.a / (fit.a + fit.b) < 1e-5 || fit.logLikelihood - withoutLeaving.logLikelihood < 0.01;
}
