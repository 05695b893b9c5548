/**
 * Splits a whole amount over weights so that the parts add up to it exactly (largest remainder).
 *
 * Each part is `total × weight ÷ sum` rounded towards zero; what is left over goes one unit each to the largest
 * remainders, ties to the earlier position. A negative total is split like its positive and negated. A weight
 * that is zero or negative gets nothing; where no weight is positive, all count the same.
 * No weights at all, a total that is not a safe integer, or a weight that is not an integer are faults of the
 * caller and throw a RangeError.
 */
export function allocate(total: number, weights: ReadonlyArray<number | bigint>): number[] {
	if (!Number.isSafeInteger(total)) throw new RangeError(`${total} cannot be split exactly`);
	if (weights.length === 0) {
		if (total === 0) return [];
		throw new RangeError('An amount cannot be split over nothing');
	}
	const shares = weights.map(toShare);
	let sum = shares.reduce((left, right) => left + right, 0n);
	if (sum === 0n) {
		shares.fill(1n);
		sum = BigInt(shares.length);
	}

	const sign = total < 0 ? -1 : 1;
	const amount = BigInt(Math.abs(total));
	const parts: number[] = [];
	const remainders: Array<{ readonly position: number; readonly rest: bigint }> = [];
	let left = Math.abs(total);
	shares.forEach((share, position) => {
		const product = amount * share;
		const part = Number(product / sum);
		parts.push(part);
		left -= part;
		const rest = product % sum;
		if (rest > 0n) remainders.push({ position, rest });
	});
	remainders.sort((a, b) => (a.rest < b.rest ? 1 : a.rest > b.rest ? -1 : a.position - b.position));
	for (const { position } of remainders.slice(0, left)) parts[position] += 1;
	return parts.map((part) => (part === 0 ? 0 : sign * part));
}

function toShare(weight: number | bigint): bigint {
	const share = BigInt(weight);
	return share > 0n ? share : 0n;
}
