/**
 * Quintile of every value, 1 (lowest) to 5: the share of values below it and half of those equal to it decides, so equal
 * values share a quintile.
 */
export function quintilesOf(values: Float64Array): Uint8Array {
	const sorted = values.slice().sort();
	const quintile = new Map<number, number>();
	for (let from = 0; from < sorted.length; ) {
		let to = from;
		while (to < sorted.length && sorted[to] === sorted[from]) to++;
		const share = (from + to) / 2 / sorted.length;
		quintile.set(sorted[from], Math.min(5, Math.floor(share * 5) + 1));
		from = to;
	}
	return Uint8Array.from(values, (value) => quintile.get(value) ?? 1);
}
