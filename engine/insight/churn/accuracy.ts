/**
 * Area under the ROC curve: the probability that one who did it has a higher score than one who did not, ties counted
 * half. NaN when all did or none did.
 */
export function areaUnderCurve(score: ArrayLike<number>, did: ArrayLike<number>): number {
	const order = Float64Array.from(score).sort();
	let positives = 0;
	for (let i = 0; i < did.length; i++) if (did[i] !== 0) positives++;
	const negatives = did.length - positives;
	if (positives === 0 || negatives === 0) return NaN;
	let rankSum = 0;
	for (let i = 0; i < did.length; i++) {
		if (did[i] !== 0)
			rankSum += (lowerBound(order, score[i]) + upperBound(order, score[i]) + 1) / 2;
	}
	return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function lowerBound(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (sorted[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

function upperBound(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (sorted[middle] <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Brier score: the mean squared difference between a probability and what happened (0 or 1). NaN for nobody. */
export function brierScore(probability: ArrayLike<number>, did: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < did.length; i++) sum += (probability[i] - did[i]) ** 2;
	return sum / did.length;
}
