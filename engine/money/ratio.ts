import type { Result } from '../result';
import { refusal, success } from '../result';
import { readDecimal } from './decimal';

/** An exact fraction in lowest terms; `den` is positive. Rates, percentages and multipliers are ratios, never floats. */
export interface Ratio {
	readonly num: bigint;
	readonly den: bigint;
}

export const ZERO: Ratio = { num: 0n, den: 1n };
export const ONE: Ratio = { num: 1n, den: 1n };

/**
 * The ratio `num / den` in lowest terms, from integers. A zero denominator or a number that is not an integer is a
 * fault of the caller and throws a RangeError.
 */
export function ratio(num: number | bigint, den: number | bigint = 1n): Ratio {
	return lowestTerms(BigInt(num), BigInt(den));
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
			? lowestTerms(digits, 10n ** BigInt(scale))
			: { num: digits * 10n ** BigInt(-scale), den: 1n },
	);
}

export function addRatio(a: Ratio, b: Ratio): Ratio {
	if (a.num === 0n) return b;
	if (b.num === 0n) return a;
	if (a.den === b.den) return lowestTerms(a.num + b.num, a.den);
	return lowestTerms(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtractRatio(a: Ratio, b: Ratio): Ratio {
	return addRatio(a, { num: -b.num, den: b.den });
}

export function multiplyRatio(a: Ratio, b: Ratio): Ratio {
	if (a === ONE) return b;
	if (b === ONE) return a;
	return lowestTerms(a.num * b.num, a.den * b.den);
}

/** `a / b`. A zero `b` is a fault of the caller and throws a RangeError. */
export function divideRatio(a: Ratio, b: Ratio): Ratio {
	return lowestTerms(a.num * b.den, a.den * b.num);
}

/** Negative when `a < b`, 0 when equal, positive when `a > b`. */
export function compareRatio(a: Ratio, b: Ratio): number {
	const left = a.num * b.den;
	const right = b.num * a.den;
	return left < right ? -1 : left > right ? 1 : 0;
}

function lowestTerms(num: bigint, den: bigint): Ratio {
	if (den === 1n) return { num, den };
	if (den === 0n) throw new RangeError('A ratio has no zero denominator');
	const divisor = greatestCommonDivisor(num < 0n ? -num : num, den < 0n ? -den : den);
	if (divisor === 1n && den > 0n) return { num, den };
	const signed = den < 0n ? -divisor : divisor;
	return { num: num / signed, den: den / signed };
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** Big integers only as long as they are big: amounts and rates hardly ever are, and plain numbers are many times faster. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
	while (b !== 0n) {
		if (a <= LARGEST && b <= LARGEST) return BigInt(ofSafeIntegers(Number(a), Number(b)));
		[a, b] = [b, a % b];
	}
	return a;
}

function ofSafeIntegers(a: number, b: number): number {
	while (b !== 0) [a, b] = [b, a % b];
	return a;
}
