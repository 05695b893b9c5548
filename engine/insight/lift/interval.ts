import { normalQuantile, studentQuantile, type Confidence } from './quantile';

/** A difference treated − holdout with the range that holds the true one with the given confidence. */
export interface Interval {
	readonly difference: number;
	readonly low: number;
	readonly high: number;
}

/** So many of so many. */
export interface Proportion {
	readonly count: number;
	readonly of: number;
}

/** Size, mean and unbiased variance of a group's values. */
export interface Sample {
	readonly size: number;
	readonly mean: number;
	readonly variance: number;
}

/**
 * Difference of two independent proportions, Newcombe's hybrid score interval without continuity
 * correction (Newcombe 1998, Statistics in Medicine 17:873, method 10). Both groups must have members.
 */
export function differenceOfProportions(
	treated: Proportion,
	holdout: Proportion,
	confidence: Confidence,
): Interval {
	const first = wilson(treated, confidence);
	const second = wilson(holdout, confidence);
	const difference = first.rate - second.rate;
	return {
		difference,
		low: difference - Math.hypot(first.rate - first.low, second.high - second.rate),
		high: difference + Math.hypot(first.high - first.rate, second.rate - second.low),
	};
}

/**
 * Difference of two means with unequal variances, Welch's interval with Satterthwaite's degrees of
 * freedom. Both groups need at least 11 members; two groups without any spread give an interval of
 * no width.
 */
export function differenceOfMeans(
	treated: Sample,
	holdout: Sample,
	confidence: Confidence,
): Interval {
	const first = treated.variance / treated.size;
	const second = holdout.variance / holdout.size;
	const difference = treated.mean - holdout.mean;
	const squaredError = first + second;
	if (squaredError === 0) return { difference, low: difference, high: difference };
	const degreesOfFreedom =
		squaredError ** 2 / (first ** 2 / (treated.size - 1) + second ** 2 / (holdout.size - 1));
	const margin = studentQuantile(confidence, degreesOfFreedom) * Math.sqrt(squaredError);
	return { difference, low: difference - margin, high: difference + margin };
}

function wilson(
	{ count, of }: Proportion,
	confidence: Confidence,
): { rate: number; low: number; high: number } {
	const z2 = normalQuantile(confidence) ** 2;
	const rate = count / of;
	const centre = (count + z2 / 2) / (of + z2);
	const margin = (Math.sqrt(z2) / (of + z2)) * Math.sqrt(of * rate * (1 - rate) + z2 / 4);
	return { rate, low: Math.max(0, centre - margin), high: Math.min(1, centre + margin) };
}
