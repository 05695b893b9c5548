/** `"19.90"` → 1990: the senders here make up orders in currencies with two decimals only. */
export function cents(text) {
	const match = /^(-?)(\d+)\.(\d\d)$/.exec(text);
	if (match === null) throw new Error(`"${text}" is not an amount like 19.90`);
	return Number(`${match[1]}${match[2]}${match[3]}`);
}

/** 1990 → `"19.90"`. */
export function decimal(value) {
	const digits = String(Math.abs(value)).padStart(3, '0');
	return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
