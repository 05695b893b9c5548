/** Which end of a quantity is good for the shop: many orders, but few days since the last one. */
export type Better = 'higher' | 'lower';

/**
 * Fifths: 5 for the best fifth of the values, 1 for the worst.
 *
 * Equal values always get the same score, that of the middle of the places they share; the worst value
 * is always 1 and the best always 5. So a shop where 70 % have bought once gives all of these 1 for
 * frequency, whatever order the rows come in. When all values are equal there is nothing to rank, and
 * everybody gets 3.
 *
 * @returns one score (1 to 5) a value, in the order given
 */
export function quintiles(values: ArrayLike<number>, better: Better): Uint8Array {
	const count = values.length;
	const scores = new Uint8Array(count);
	const ordered = Uint32Array.from({ length: count }, (_, row) => row);
	const sign = better === 'higher' ? 1 : -1;
	ordered.sort((left, right) => sign * (values[left] - values[right]));
	for (let from = 0; from < count; ) {
		let to = from + 1;
		while (to < count && values[ordered[to]] === values[ordered[from]]) to++;
		const score = scoreOfPlaces(from, to, count);
		for (let place = from; place < to; place++) scores[ordered[place]] = score;
		from = to;
	}
	return scores;
}

/** Score of equal values on the places `from` to `to` − 1 of `count`, the worst first. */
function scoreOfPlaces(from: number, to: number, count: number): number {
	if (to - from === count) return 3;
	if (from === 0) return 1;
	if (to === count) return 5;
	return 1 + Math.floor((5 * (from + to)) / (2 * count));
}
