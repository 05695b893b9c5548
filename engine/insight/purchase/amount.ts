const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const COMMA_GROUPS = /^[+-]?\d{1,3}(,\d{3})+\.\d*$/;
const POINT_GROUPS = /^[+-]?\d{1,3}(\.\d{3})+,\d*$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d{1,2}$/;

/**
 * Reads an amount for statistics: a finite number, or text such as `49.90`, `49,90`, `1,234.50` or `1.234,50`.
 * NaN for anything else, also for text that could be read in two ways (`1,234`).
 */
export function readAmount(amount: number | string | null | undefined): number {
	if (typeof amount === 'number') return Number.isFinite(amount) ? amount : NaN;
	if (typeof amount !== 'string') return NaN;
	const text = amount.trim();
	if (PLAIN.test(text)) return Number(text);
	if (COMMA_GROUPS.test(text)) return Number(text.replace(/,/g, ''));
	if (POINT_GROUPS.test(text)) return Number(text.replace(/\./g, '').replace(',', '.'));
	if (DECIMAL_COMMA.test(text)) return Number(text.replace(',', '.'));
	return NaN;
}
