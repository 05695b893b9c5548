/**
 * Quintile of every value, 1 (lowest) to 5: the share of values below it and half of those equal to it decides, so equal
 * values share a quintile.
 */
export function quintilesOf(values: Float64Array): Uint8Array {
	const sorted = values.slice().sort();
	/** The lowest value of quintiles 2 to 5; infinite where no value is in it or above. */
	const from = [Infinity, Infinity, Infinity, Infinity];
	for (let first = 0; first < sorted.length; ) {
		let end = first;
		while (end < sorted.length && sorted[end] === sorted[first]) end++;
		const quintile = Math.min(5, Math.floor(((first + end) / 2 / sorted.length) * 5) + 1);
		for (let q = 2; q <= quintile; q++) from[q - 2] = Math.min(from[q - 2], sorted[first]);
		first = end;
	}
	return Uint8Array.from(
		values,
		(value) => 1 + from.reduce((above, lowest) => above + (value >= lowest ? 1 : 0), 0),
	);
}
