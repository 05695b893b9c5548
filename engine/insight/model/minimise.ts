import type { Steps } from '../pause';

/** A smooth function to minimise: its value at a point, with the gradient written into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
	readonly lower: Float64Array;
	readonly upper: Float64Array;
	/** Stops when no component of the projected gradient is larger. */
	readonly tolerance?: number;
	readonly maxIterations?: number;
	/** Inverse Hessian to begin with, row by row; the unit matrix when not given. */
	readonly inverseHessian?: Float64Array;
}

export interface Minimum {
	readonly point: Float64Array;
	readonly value: number;
	readonly iterations: number;
	readonly evaluations: number;
	readonly converged: boolean;
	/** Whether a component ended on a bound with the function still falling beyond it. */
	readonly atBound: boolean;
	readonly inverseHessian: Float64Array;
}

const ARMIJO = 1e-4;
const CURVATURE = 0.9;
const LONGEST_STEP = 3;
/**
 * A function value is known to about this, relative to its size or to 1, because it is a sum of terms of that order; below
 * it only the slope tells up from down.
 */
const NOISE = 1e-12;
/** Iterations in a row that may gain nothing measurable before the point counts as found. */
const IDLE_ITERATIONS = 4;

/**
 * Minimises a smooth function of few variables inside a box: BFGS on the variables that are not held at a bound.
 *
 * A step is also accepted when the value is equal up to rounding and the slope has fallen (approximate Wolfe
 * condition of Hager & Zhang 2005): values alone cannot place a flat maximum to more than half of their digits.
 * Each iteration is a step that may be paused.
 */
export function* minimise(
	objective: Objective,
	start: ArrayLike<number>,
	options: MinimiseOptions,
): Steps<Minimum> {
	const { lower, upper, tolerance = 1e-11, maxIterations = 300 } = options;
	const n = start.length;
	const clamp = (value: number, i: number) => Math.min(Math.max(value, lower[i]), upper[i]);
	let point = Float64Array.from(start, clamp);
	let gradient = new Float64Array(n);
	let value = objective(point, gradient);
	let evaluations = 1;
	let iterations = 0;
	let idle = 0;
	let converged = false;
	let inverse = options.inverseHessian?.slice() ?? identity(n);
	let fresh = options.inverseHessian === undefined;
	let next = new Float64Array(n);
	let nextGradient = new Float64Array(n);
	const direction = new Float64Array(n);
	const held = new Uint8Array(n);

	while (iterations < maxIterations && Number.isFinite(value)) {
		const noise = NOISE * Math.max(1, Math.abs(value));
		let steepest = 0;
		let regrouped = false;
		for (let i = 0; i < n; i++) {
			const outwards =
				(point[i] <= lower[i] && gradient[i] > 0) || (point[i] >= upper[i] && gradient[i] < 0);
			regrouped = regrouped || outwards !== (held[i] === 1);
			held[i] = outwards ? 1 : 0;
			if (!outwards) steepest = Math.max(steepest, Math.abs(gradient[i]));
		}
		if (regrouped && iterations > 0) {
			// A part of an inverse is not the inverse of the part: what was learnt holds for the old group only.
			inverse = identity(n);
			fresh = true;
		}
		if (steepest <= tolerance || idle >= IDLE_ITERATIONS) {
			converged = steepest <= Math.max(tolerance, 1e-6);
			break;
		}
		yield;
		iterations++;

		let slope = directionOf(inverse, gradient, held, direction);
		if (!(slope < 0)) {
			inverse = identity(n);
			fresh = true;
			slope = directionOf(inverse, gradient, held, direction);
		}
		let longest = 0;
		for (let i = 0; i < n; i++) longest = Math.max(longest, Math.abs(direction[i]));
		let step = Math.min(fresh ? 0.5 / longest : 1, LONGEST_STEP / longest);

		let low = 0;
		let high = Infinity;
		let found = false;
		let nextValue = value;
		for (let attempt = 0; attempt < 25; attempt++) {
			for (let i = 0; i < n; i++) next[i] = clamp(point[i] + step * direction[i], i);
			nextValue = objective(next, nextGradient);
			evaluations++;
			let nextSlope = 0;
			for (let i = 0; i < n; i++) nextSlope += nextGradient[i] * direction[i];
			const equal = Math.abs(nextValue - value) <= noise;
			const lowEnough = nextValue <= value + ARMIJO * step * slope;
			const flatter = Math.abs(nextSlope) <= CURVATURE * Math.abs(slope);
			if (lowEnough || (equal && flatter)) {
				const mayGoOn = nextSlope < CURVATURE * slope && step * longest < LONGEST_STEP * 0.999;
				if (flatter || !mayGoOn || held.some((on, i) => on === 0 && isOnBound(next[i], i))) {
					found = true;
					break;
				}
				low = step;
				step = Number.isFinite(high)
					? (low + high) / 2
					: Math.min(step * 2.5, LONGEST_STEP / longest);
			} else {
				high = step;
				const parabola = (-slope * step * step) / (2 * (nextValue - value - slope * step));
				const inside = parabola > low + 0.1 * (high - low) && parabola < high - 0.1 * (high - low);
				step = Number.isFinite(nextValue) && inside ? parabola : low + 0.4 * (high - low);
			}
		}
		if (!found) {
			if (fresh) {
				converged = steepest <= 1e-6;
				break;
			}
			inverse = identity(n);
			fresh = true;
			continue;
		}

		idle = value - nextValue <= noise && steepest < 1e-6 ? idle + 1 : 0;
		fresh = !update(inverse, point, next, gradient, nextGradient, held, fresh) && fresh;
		[point, next] = [next, point];
		[gradient, nextGradient] = [nextGradient, gradient];
		value = nextValue;
	}

	const atBound = point.some((at, i) => isOnBound(at, i));
	return { point, value, iterations, evaluations, converged, atBound, inverseHessian: inverse };

	function isOnBound(at: number, i: number): boolean {
		return at <= lower[i] || at >= upper[i];
	}
}

function identity(n: number): Float64Array {
	const matrix = new Float64Array(n * n);
	for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
	return matrix;
}

/** direction = −inverse · gradient on the variables not held; gives its slope. */
function directionOf(
	inverse: Float64Array,
	gradient: Float64Array,
	held: Uint8Array,
	direction: Float64Array,
): number {
	const n = gradient.length;
	let slope = 0;
	for (let i = 0; i < n; i++) {
		let sum = 0;
		if (held[i] === 0) {
			for (let j = 0; j < n; j++) if (held[j] === 0) sum -= inverse[i * n + j] * gradient[j];
		}
		direction[i] = sum;
		slope += sum * gradient[i];
	}
	return slope;
}

/** The BFGS update of the inverse Hessian; false where the curvature along the step is not positive. */
function update(
	inverse: Float64Array,
	from: Float64Array,
	to: Float64Array,
	gradientFrom: Float64Array,
	gradientTo: Float64Array,
	held: Uint8Array,
	fresh: boolean,
): boolean {
	const n = from.length;
	const s = to.map((at, i) => at - from[i]);
	const y = gradientTo.map((at, i) => (held[i] === 1 ? 0 : at - gradientFrom[i]));
	let sy = 0;
	let yy = 0;
	let ss = 0;
	for (let i = 0; i < n; i++) {
		sy += s[i] * y[i];
		yy += y[i] * y[i];
		ss += s[i] * s[i];
	}
	if (!(sy > 1e-12 * Math.sqrt(ss * yy)) || yy === 0) return false;
	if (fresh) for (let i = 0; i < n; i++) inverse[i * n + i] = sy / yy;
	const hy = new Float64Array(n);
	let yhy = 0;
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) hy[i] += inverse[i * n + j] * y[j];
		yhy += y[i] * hy[i];
	}
	const scale = (1 + yhy / sy) / sy;
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) {
			inverse[i * n + j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
		}
	}
	return true;
}
