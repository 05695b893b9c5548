/** One input row as parsed JSON: nothing about its fields is known yet. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field of that very name, else the one at the dotted path, such as `customer.email`. */
export function fieldAt(row: Row, path: string): unknown {
	if (path in row) return row[path];
	let value: unknown = row;
	for (const step of path.split('.')) {
		if (Array.isArray(value) && /^\d+$/.test(step)) value = value[Number(step)];
		else if (isRow(value)) value = value[step];
		else return undefined;
	}
	return value;
}

/** Text or a number as trimmed text; undefined for anything else and for empty text. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}

/** The first of the fields that holds text. */
export function firstText(row: Row, ...paths: string[]): string | undefined {
	for (const path of paths) {
		const text = textOf(fieldAt(row, path));
		if (text !== undefined) return text;
	}
	return undefined;
}

/** Rows of a list; nothing when it is no list. */
export function rowsOf(value: unknown): Row[] {
	return Array.isArray(value) ? value.filter(isRow) : [];
}

/** A number, or a plain decimal in text; 0 when it is neither. For amounts that shops write by machine. */
export function numberOf(value: unknown): number {
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

/** Sums of decimals carry dust that would make a full refund look partial. */
export function withoutDust(amount: number): number {
	return Math.round(amount * 1000) / 1000;
}
