/** Which sign stands before the decimals in a column of amounts. */
export type DecimalSign = 'point' | 'comma';

/** What amounts carry beside the number: currency signs and codes, spaces, thousands apostrophes. */
const DECORATION = /[\s\u00a0\u202f'’]|\p{Sc}|(?<!\p{L})\p{L}{1,3}\.?(?!\p{L})/giu;

/**
 * The decimal sign of a column, from an amount that can only be read one way: `12,5`, `1.234,56`, `49.90`.
 * Undefined when nothing tells, as in a column of `1,234` alone.
 */
export function decimalSignOf(values: Iterable<unknown>): DecimalSign | undefined {
	for (const value of values) {
		if (typeof value !== 'string') continue;
		const digits = plain(value);
		const point = digits.lastIndexOf('.');
		const comma = digits.lastIndexOf(',');
		if (point >= 0 && comma >= 0) return point > comma ? 'point' : 'comma';
		const at = Math.max(point, comma);
		if (at < 0 || digits.indexOf(digits[at]) !== at) continue;
		if (digits.length - at - 1 !== 3) return point >= 0 ? 'point' : 'comma';
	}
	return undefined;
}

/**
 * An amount of a table as a number: `49.90`, `49,90 €`, `$1,234.50`, `EUR 1.234,50`, `(12.00)` and `12.00-`
 * for minus. NaN when it is no amount, or when the decimal sign is needed and not known.
 */
export function readTableAmount(value: unknown, decimal: DecimalSign | undefined): number {
	if (typeof value === 'number') return Number.isFinite(value) ? value : NaN;
	if (typeof value !== 'string') return NaN;
	const text = plain(value);
	const negative = /^\(.*\)$|^-|-$/.test(text);
	const digits = text.replace(/[()+-]/g, '');
	if (!/^[\d.,]*\d[\d.,]*$/.test(digits)) return NaN;
	const number = Number(withPoint(digits, decimal));
	return negative ? -number : number;
}

function plain(text: string): string {
	return text.replace(DECORATION, '');
}

/** NaN text where the sign cannot be told. */
function withPoint(digits: string, decimal: DecimalSign | undefined): string {
	const own = decimalSignOf([digits]) ?? decimal;
	if (own === 'comma') return digits.replace(/\./g, '').replace(',', '.');
	if (own === 'point') return digits.replace(/,/g, '');
	return /[.,]/.test(digits) ? groupedOnly(digits) : digits;
}

/** `1,234,567` can only be groups of thousands; `1,234` could be either. `1.234` is read as written. */
function groupedOnly(digits: string): string {
	if (/^\d{1,3}(,\d{3}){2,}$/.test(digits)) return digits.replace(/,/g, '');
	if (/^\d{1,3}(\.\d{3}){2,}$/.test(digits)) return digits.replace(/\./g, '');
	return digits.includes(',') ? 'NaN' : digits;
}
