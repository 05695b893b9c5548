/** A decimal numeral taken apart without loss: its value is `digits × 10^-scale`. `scale` may be negative. */
export interface Decimal {
	readonly digits: bigint;
	readonly scale: number;
}

const NUMERAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** No amount or rate needs more; it keeps a hostile text from becoming a huge integer. */
const MAX_LENGTH = 64;

/**
 * Reads a decimal numeral exactly: optional sign, a point as the decimal mark, optional exponent.
 * A number is read through its shortest decimal text, so 19.9 is nineteen and nine tenths, not the binary
 * fraction next to it. Undefined for anything else, and for texts over 64 characters.
 */
export function readDecimal(numeral: string | number): Decimal | undefined {
	const text = typeof numeral === 'number' ? String(numeral) : numeral.trim();
	if (text.length > MAX_LENGTH) return undefined;
	const match = NUMERAL.exec(text);
	if (!match) return undefined;
	const [, sign, whole, fraction = '', exponent = '0'] = match;
	if (whole === '' && fraction === '') return undefined;
	const digits = BigInt(whole + fraction);
	return { digits: sign === '-' ? -digits : digits, scale: fraction.length - Number(exponent) };
}
