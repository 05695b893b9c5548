import { isPlain, type Ratio } from './ratio';

/**
 * How a fraction becomes a whole number:
 * `floor` towards minus infinity, `ceil` towards plus infinity, `halfUp` to the nearest and away from zero at
 * exactly one half (2.5 → 3, -2.5 → -3), `halfEven` to the nearest and to the even neighbour at one half.
 */
export type RoundingMode = 'floor' | 'halfUp' | 'ceil' | 'halfEven';

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The ratio as a whole number, rounded once in the named mode.
 * Beyond ±(2^53 - 1) there is no exact number to give: that throws a RangeError. A caller whose factors come from
 * outside asks `isRoundable` first and refuses in its own words.
 */
export function roundRatio(value: Ratio, mode: RoundingMode): number {
	if (isPlain(value)) {
		const { num, den } = value;
		if (den === 1) return num;
		if (num >= 0) return roundPlain(num, den, mode);
	}
	const rounded = roundToInteger(BigInt(value.num), BigInt(value.den), mode);
	if (rounded > LARGEST || rounded < -LARGEST) {
		throw new RangeError('The rounded value is beyond the safe integers');
	}
	return Number(rounded);
}

/** Whether `roundRatio` can give this ratio as a safe integer in every mode. */
export function isRoundable(value: Ratio): boolean {
	if (isPlain(value)) return true;
	const limit = LARGEST * value.den;
	return value.num <= limit && value.num >= -limit;
}

/** The everyday case: nothing below zero, so that the remainder has no sign. Halves are compared without doubling, which may overflow. */
function roundPlain(num: number, den: number, mode: RoundingMode): number {
	const rest = num % den;
	const down = (num - rest) / den;
	if (rest === 0 || mode === 'floor') return down;
	if (mode === 'ceil') return down + 1;
	const toNext = den - rest;
	if (rest === toNext) return mode === 'halfEven' && down % 2 === 0 ? down : down + 1;
	return rest > toNext ? down + 1 : down;
}

function roundToInteger(num: bigint, den: bigint, mode: RoundingMode): bigint {
	const truncated = num / den;
	const rest = num % den;
	if (rest === 0n) return truncated;
	const away = num < 0n ? -1n : 1n;
	switch (mode) {
		case 'floor':
			return num < 0n ? truncated - 1n : truncated;
		case 'ceil':
			return num < 0n ? truncated : truncated + 1n;
		case 'halfUp':
			return 2n * absolute(rest) >= den ? truncated + away : truncated;
		case 'halfEven': {
			const twice = 2n * absolute(rest);
			if (twice === den) return truncated % 2n === 0n ? truncated : truncated + away;
			return twice > den ? truncated + away : truncated;
		}
	}
}

function absolute(value: bigint): bigint {
	return value < 0n ? -value : value;
}
