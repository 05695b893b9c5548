/** Writes the features of row i into `out`. */
export type FeatureWriter = (i: number, out: Float64Array) => void;

/** A logistic regression: intercept and one slope a feature, in the features' own units. */
export interface LogisticModel {
	readonly intercept: number;
	readonly slopes: Float64Array;
}

const RIDGE = 1;
const MOST_STEPS = 50;

/**
 * Logistic regression of an outcome (0 or 1) by Newton's method, with a ridge penalty towards `prior`: with little data
 * the prior stands, with much it is forgotten. The penalty is on standardised slopes, so units do not matter; the
 * intercept is free. `null` when the rows have only one outcome or the iteration does not settle.
 */
export function fitLogistic(
	rows: Int32Array,
	features: FeatureWriter,
	outcome: Uint8Array,
	prior: readonly number[],
): LogisticModel | null {
	const size = prior.length;
	const n = rows.length;
	const design = new Float64Array(n * size);
	const mean = new Float64Array(size);
	const deviation = new Float64Array(size);
	const out = new Float64Array(size);
	let events = 0;
	for (let k = 0; k < n; k++) {
		features(rows[k], out);
		design.set(out, k * size);
		for (let j = 0; j < size; j++) mean[j] += out[j] / n;
		events += outcome[rows[k]];
	}
	if (events === 0 || events === n) return null;
	for (let k = 0; k < n; k++) {
		for (let j = 0; j < size; j++) deviation[j] += (design[k * size + j] - mean[j]) ** 2 / n;
	}
	for (let j = 0; j < size; j++) deviation[j] = Math.sqrt(deviation[j]);
	for (let k = 0; k < n; k++) {
		for (let j = 0; j < size; j++) {
			const at = k * size + j;
			design[at] = deviation[j] > 0 ? (design[at] - mean[j]) / deviation[j] : 0;
		}
	}

	const width = size + 1;
	const target = Float64Array.from(prior, (slope, j) => slope * deviation[j]);
	const weights = new Float64Array(width);
	weights.set(target, 1);
	weights[0] = Math.log(events / (n - events));
	for (let step = 0; step < MOST_STEPS; step++) {
		const gradient = new Float64Array(width);
		const hessian = new Float64Array(width * width);
		for (let k = 0; k < n; k++) {
			let logit = weights[0];
			for (let j = 0; j < size; j++) logit += weights[j + 1] * design[k * size + j];
			const probability = 1 / (1 + Math.exp(-logit));
			const residual = probability - outcome[rows[k]];
			const curvature = Math.max(probability * (1 - probability), 1e-9);
			gradient[0] += residual;
			hessian[0] += curvature;
			for (let j = 0; j < size; j++) {
				const value = design[k * size + j];
				gradient[j + 1] += residual * value;
				hessian[j + 1] += curvature * value;
				for (let l = 0; l <= j; l++) {
					hessian[(j + 1) * width + l + 1] += curvature * value * design[k * size + l];
				}
			}
		}
		for (let j = 0; j < size; j++) {
			gradient[j + 1] += RIDGE * (weights[j + 1] - target[j]);
			hessian[(j + 1) * width + j + 1] += RIDGE;
			hessian[(j + 1) * width] = hessian[j + 1];
		}
		const move = solveSymmetric(hessian, gradient);
		if (move === null) return null;
		let longest = 0;
		for (let j = 0; j < width; j++) longest = Math.max(longest, Math.abs(move[j]));
		// A Newton step that is too long overshoots where nearly all outcomes are equal.
		const scale = Math.min(1, 2 / longest);
		for (let j = 0; j < width; j++) weights[j] -= scale * move[j];
		if (longest < 1e-9) {
			const slopes = Float64Array.from(prior, (_, j) =>
				deviation[j] > 0 ? weights[j + 1] / deviation[j] : 0,
			);
			const shift = slopes.reduce((sum, slope, j) => sum + slope * mean[j], 0);
			return { intercept: weights[0] - shift, slopes };
		}
	}
	return null;
}

/** The logit that the model gives to features. */
export function logitOf(model: LogisticModel, features: Float64Array): number {
	let logit = model.intercept;
	for (let j = 0; j < model.slopes.length; j++) logit += model.slopes[j] * features[j];
	return logit;
}

/** Solves a symmetric positive definite system, given its lower triangle, by Cholesky; null when it is not definite. */
function solveSymmetric(lower: Float64Array, right: Float64Array): Float64Array | null {
	const n = right.length;
	const factor = lower.slice();
	const solution = right.slice();
	for (let i = 0; i < n; i++) {
		for (let j = 0; j <= i; j++) {
			let sum = factor[i * n + j];
			for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
			if (i === j) {
				if (!(sum > 0)) return null;
				factor[i * n + i] = Math.sqrt(sum);
			} else {
				factor[i * n + j] = sum / factor[j * n + j];
			}
		}
	}
	for (let i = 0; i < n; i++) {
		for (let k = 0; k < i; k++) solution[i] -= factor[i * n + k] * solution[k];
		solution[i] /= factor[i * n + i];
	}
	for (let i = n - 1; i >= 0; i--) {
		for (let k = i + 1; k < n; k++) solution[i] -= factor[k * n + i] * solution[k];
		solution[i] /= factor[i * n + i];
	}
	return solution;
}
