import type { Result } from '../result';
import { refusal, success } from '../result';
import { currencyExponent } from './currency';
import { readDecimal } from './decimal';

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * An amount in major units ("19.90") as an integer in minor units (1990), exactly.
 *
 * Takes decimal text, or a JSON number through its shortest decimal text; exponents are understood. Digits
 * beyond the currency's places are fine when they are zero ("64.5300" USD) and refused otherwise, because
 * rounding here would hide a fault of the source. Negative amounts are amounts; "-0.00" is 0.
 * Refusals: `currencyUnknown`, `amountNotNumber`, `amountHasSeparator`, `amountTooPrecise`, `amountTooLarge`
 * (beyond 2^53 - 1 minor units).
 */
export function parseMinor(amount: string | number, currency: string): Result<number> {
	const exponent = currencyExponent(currency);
	if (exponent === undefined) {
		return refusal(
			'currencyUnknown',
			`"${shorten(currency)}" is not an ISO 4217 currency code such as EUR or USD.`,
		);
	}
	if (typeof amount === 'string') {
		const plain = readPlain(amount, exponent);
		if (plain !== undefined) return success(plain);
	}
	const decimal = readDecimal(amount);
	if (!decimal) return notDecimal(amount, currency);
	if (decimal.digits === 0n) return success(0);

	const shift = exponent - decimal.scale;
	let minor: bigint;
	if (shift >= 0) {
		if (shift > 20) return tooLarge(amount, currency);
		minor = decimal.digits * 10n ** BigInt(shift);
	} else {
		const divisor = 10n ** BigInt(-shift);
		if (decimal.digits % divisor !== 0n) {
			return refusal(
				'amountTooPrecise',
				`${shorten(amount)} has more decimal places than ${currency} has (${exponent}). Check the currency and the amount.`,
			);
		}
		minor = decimal.digits / divisor;
	}
	if (minor > LARGEST || minor < -LARGEST) return tooLarge(amount, currency);
	return success(Number(minor));
}

/**
 * Minor units as the decimal text that people and most APIs read: 1990 USD → "19.90", 500 JPY → "500".
 * `minor` must be a safe integer and `currency` one that `currencyExponent` knows; both come from parsed input,
 * so anything else is a fault of the caller and throws a RangeError.
 */
export function formatMinor(minor: number, currency: string): string {
	const exponent = currencyExponent(currency);
	if (exponent === undefined) throw new RangeError(`Unknown currency ${currency}`);
	if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not a whole minor unit`);
	if (exponent === 0) return String(minor === 0 ? 0 : minor);
	const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
	const cut = digits.length - exponent;
	return `${minor < 0 ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/**
 * The form nearly all shops send ("19.90" for a currency of two places), without big integers: a body has dozens of
 * amounts. Undefined for every other form, which is then read the long way.
 */
function readPlain(text: string, exponent: number): number | undefined {
	const { length } = text;
	const point = length - exponent - 1;
	if (length > 15 || exponent === 0 || point < 1 || text.charCodeAt(point) !== POINT)
		return undefined;
	let minor = 0;
	for (let at = 0; at < length; at += 1) {
		if (at === point) continue;
		const digit = text.charCodeAt(at) - ZERO;
		if (digit < 0 || digit > 9) return undefined;
		minor = minor * 10 + digit;
	}
	return minor;
}

const POINT = 46;
const ZERO = 48;

function notDecimal(amount: string | number, currency: string): Result<never> {
	const text = String(amount).trim();
	if (/^[+-]?\d[\d.,'’\s]*$/.test(text) && /[,'’\s]|\..*\./.test(text)) {
		return refusal(
			'amountHasSeparator',
			`"${shorten(text)}" ${currency} is ambiguous. Write amounts with a point before the decimals and nothing between thousands, e.g. 1234.50.`,
		);
	}
	return refusal('amountNotNumber', `"${shorten(text)}" is not an amount such as 19.90.`);
}

function tooLarge(amount: string | number, currency: string): Result<never> {
	return refusal(
		'amountTooLarge',
		`${shorten(amount)} ${currency} is larger than any order can be. Check the amount.`,
	);
}

function shorten(text: string | number): string {
	const whole = String(text);
	return whole.length > 40 ? `${whole.slice(0, 40)}…` : whole;
}
