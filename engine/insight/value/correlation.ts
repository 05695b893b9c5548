/** Pearson correlation; NaN when a column does not vary. */
export function correlation(left: Float64Array, right: Float64Array): number {
	const n = left.length;
	const [meanLeft, meanRight] = [mean(left), mean(right)];
	let both = 0;
	let ofLeft = 0;
	let ofRight = 0;
	for (let i = 0; i < n; i++) {
		const [a, b] = [left[i] - meanLeft, right[i] - meanRight];
		both += a * b;
		ofLeft += a * a;
		ofRight += b * b;
	}
	return ofLeft > 0 && ofRight > 0 ? both / Math.sqrt(ofLeft * ofRight) : NaN;
}

/** Spearman correlation: the correlation of the ranks, equal values sharing the mean of theirs. */
export function rankCorrelation(left: Float64Array, right: Float64Array): number {
	return correlation(ranksOf(left), ranksOf(right));
}

function mean(column: Float64Array): number {
	return column.reduce((sum, value) => sum + value, 0) / column.length;
}

function ranksOf(column: Float64Array): Float64Array {
	const sorted = column.slice().sort();
	const rank = new Map<number, number>();
	for (let from = 0; from < sorted.length; ) {
		let to = from;
		while (to < sorted.length && sorted[to] === sorted[from]) to++;
		rank.set(sorted[from], (from + to - 1) / 2);
		from = to;
	}
	return column.map((value) => rank.get(value) ?? NaN);
}
