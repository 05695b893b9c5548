import type { Result } from '../result';
import { refusal, success } from '../result';
import { readDecimal } from './decimal';

/**
 * An exact fraction in lowest terms; `den` is positive. Rates, percentages and multipliers are ratios, never floats.
 *
 * Both parts are plain numbers while both are safe integers, which for amounts and rates is nearly always, and big integers
 * otherwise: plain numbers are many times faster, and one value has one form only, so equal ratios look equal.
 */
export type Ratio = PlainRatio | BigRatio;

interface PlainRatio {
	readonly num: number;
	readonly den: number;
}

interface BigRatio {
	readonly num: bigint;
	readonly den: bigint;
}

export const ZERO: Ratio = { num: 0, den: 1 };
export const ONE: Ratio = { num: 1, den: 1 };

/**
 * The ratio `num / den` in lowest terms, from integers. A zero denominator or a number that is not an integer is a
 * fault of the caller and throws a RangeError.
 */
export function ratio(num: number | bigint, den: number | bigint = 1): Ratio {
	if (Number.isSafeInteger(num) && Number.isSafeInteger(den))
		return plainInLowestTerms(Number(num), Number(den));
	return inLowestTerms(BigInt(num), BigInt(den));
}

/**
 * A rate as people write it: "1.5" → 3/2, 0.1 → 1/10 (a number is read through its shortest decimal text).
 * Refuses what is not a plain decimal, and exponents beyond ±40 (`rateNotNumber`).
 */
export function parseRatio(decimal: string | number): Result<Ratio> {
	const parts = readDecimal(decimal);
	if (!parts || Math.abs(parts.scale) > 40) {
		return refusal(
			'rateNotNumber',
			`"${String(decimal).slice(0, 40)}" is not a number such as 1.5.`,
		);
	}
	const { digits, scale } = parts;
	return success(
		scale >= 0
			? inLowestTerms(digits, 10n ** BigInt(scale))
			: inLowestTerms(digits * 10n ** BigInt(-scale), 1n),
	);
}

export function addRatio(a: Ratio, b: Ratio): Ratio {
	if (isPlain(a) && isPlain(b)) {
		if (a.num === 0) return b;
		if (b.num === 0) return a;
		// Knuth, TAOCP 4.5.1: only the divisor of both denominators can be left in the sum, so the numbers stay small.
		const shared = divisorOfPlain(a.den, b.den);
		const left = a.num * (b.den / shared);
		const right = b.num * (a.den / shared);
		const den = a.den * (b.den / shared);
		const num = left + right;
		if (isExact(left) && isExact(right) && isExact(num) && isExact(den)) {
			const divisor = divisorOfPlain(Math.abs(num), shared);
			return { num: num / divisor + 0, den: den / divisor };
		}
	}
	const [aDen, bDen] = [BigInt(a.den), BigInt(b.den)];
	return inLowestTerms(BigInt(a.num) * bDen + BigInt(b.num) * aDen, aDen * bDen);
}

export function subtractRatio(a: Ratio, b: Ratio): Ratio {
	return addRatio(a, isPlain(b) ? { num: 0 - b.num, den: b.den } : { num: -b.num, den: b.den });
}

export function multiplyRatio(a: Ratio, b: Ratio): Ratio {
	if (a === ONE) return b;
	if (b === ONE) return a;
	if (isPlain(a) && isPlain(b)) {
		const num = a.num * b.num;
		const den = a.den * b.den;
		if (isExact(num) && isExact(den)) return plainInLowestTerms(num, den);
	}
	return inLowestTerms(BigInt(a.num) * BigInt(b.num), BigInt(a.den) * BigInt(b.den));
}

/** `value × whole`; `whole` must be a safe integer. */
export function multiplyByWhole(value: Ratio, whole: number): Ratio {
	if (isPlain(value)) {
		const divisor = divisorOfPlain(Math.abs(whole), value.den);
		const num = value.num * (whole / divisor);
		if (isExact(num)) return { num: num + 0, den: value.den / divisor };
	}
	return inLowestTerms(BigInt(value.num) * BigInt(whole), BigInt(value.den));
}

/** `a / b`. A zero `b` is a fault of the caller and throws a RangeError. */
export function divideRatio(a: Ratio, b: Ratio): Ratio {
	if (isPlain(a) && isPlain(b)) {
		const num = a.num * b.den;
		const den = a.den * b.num;
		if (isExact(num) && isExact(den)) return plainInLowestTerms(num, den);
	}
	return inLowestTerms(BigInt(a.num) * BigInt(b.den), BigInt(a.den) * BigInt(b.num));
}

/** Negative when `a < b`, 0 when equal, positive when `a > b`. */
export function compareRatio(a: Ratio, b: Ratio): number {
	if (isPlain(a) && isPlain(b)) {
		const left = a.num * b.den;
		const right = b.num * a.den;
		if (isExact(left) && isExact(right)) return left < right ? -1 : left > right ? 1 : 0;
	}
	const left = BigInt(a.num) * BigInt(b.den);
	const right = BigInt(b.num) * BigInt(a.den);
	return left < right ? -1 : left > right ? 1 : 0;
}

/** -1 below zero, 0 at zero, 1 above. */
export function signOf({ num }: Ratio): -1 | 0 | 1 {
	return num > 0 ? 1 : num < 0 ? -1 : 0;
}

/** Whether both parts are plain numbers. */
export function isPlain(value: Ratio): value is PlainRatio {
	return typeof value.num === 'number';
}

/** Whether a sum or product of safe integers came out exact: it did where it is a safe integer itself. */
function isExact(value: number): boolean {
	return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER;
}

function plainInLowestTerms(num: number, den: number): Ratio {
	if (den === 1) return { num: num + 0, den };
	if (den === 0) throw new RangeError('A ratio has no zero denominator');
	const divisor = divisorOfPlain(Math.abs(num), Math.abs(den));
	const signed = den < 0 ? -divisor : divisor;
	// Adding zero turns -0, which the sign of a product may leave behind, into 0.
	return { num: num / signed + 0, den: den / signed };
}

function inLowestTerms(num: bigint, den: bigint): Ratio {
	if (den === 0n) throw new RangeError('A ratio has no zero denominator');
	const divisor = divisorOfBig(num < 0n ? -num : num, den < 0n ? -den : den);
	const signed = den < 0n ? -divisor : divisor;
	const lowest = { num: num / signed, den: den / signed };
	return isSafe(lowest.num) && isSafe(lowest.den)
		? { num: Number(lowest.num), den: Number(lowest.den) }
		: lowest;
}

function isSafe(value: bigint): boolean {
	return value <= LARGEST && value >= -LARGEST;
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** The greatest common divisor; of what has become small it is worked out in plain numbers. */
function divisorOfBig(a: bigint, b: bigint): bigint {
	while (b !== 0n) {
		if (a <= LARGEST && b <= LARGEST) return BigInt(divisorOfPlain(Number(a), Number(b)));
		[a, b] = [b, a % b];
	}
	return a;
}

function divisorOfPlain(a: number, b: number): number {
	while (b !== 0) {
		const rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}
