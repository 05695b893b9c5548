/**
 * Read-only access to a body that somebody else wrote. Nothing in it is trusted: every field may be missing, null,
 * of another type, or far too long. Keys are always literals of the readers, never taken from a body.
 */
export type Body = Readonly<Record<string, unknown>>;

/** Longest text taken over from a shop; the ledger and the messages need no more. */
const MAX_TEXT = 500;
const MAX_LIST = 2000;

/** The value itself if it is a JSON object, undefined otherwise. */
export function asObject(value: unknown): Body | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Body)
		: undefined;
}

/** The value under `key`, undefined if there is none. */
export function field(body: Body | undefined, key: string): unknown {
	return body?.[key];
}

/** The object under `key`, or undefined. */
export function objectAt(body: Body | undefined, key: string): Body | undefined {
	return asObject(field(body, key));
}

/** The objects in the list under `key`, at most `most` of them; what is no object is left out. */
export function objectsAt(body: Body | undefined, key: string, most = MAX_LIST): Body[] {
	const value = field(body, key);
	if (!Array.isArray(value)) return [];
	const objects: Body[] = [];
	for (const item of value) {
		if (objects.length === most) break;
		const object = asObject(item);
		if (object) objects.push(object);
	}
	return objects;
}

/** Whether the list under `key` is longer than `objectsAt` reads. */
export function isCut(body: Body, key: string): boolean {
	const value = field(body, key);
	return Array.isArray(value) && value.length > MAX_LIST;
}

/**
 * Text with content, trimmed, cut to a length the ledger can hold and without NUL characters, which Postgres refuses;
 * numbers as their text; null otherwise.
 */
export function textAt(body: Body | undefined, key: string, most = MAX_TEXT): string | null {
	return asText(field(body, key), most);
}

/** As `textAt`, for a value already in hand. */
export function asText(value: unknown, most = MAX_TEXT): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return null;
	const readable = value.length > most * 4 ? value.slice(0, most * 4) : value;
	const text = (readable.includes('\0') ? readable.replaceAll('\0', '') : readable).trim();
	return text === '' ? null : text.length > most ? text.slice(0, most) : text;
}

/** The first of the keys that holds text. */
export function firstText(body: Body | undefined, ...keys: readonly string[]): string | null {
	for (const key of keys) {
		const text = textAt(body, key);
		if (text !== null) return text;
	}
	return null;
}

/** True only for `true`; shops also send the words "true" and "false". */
export function flagAt(body: Body | undefined, key: string): boolean | null {
	const value = field(body, key);
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	return null;
}

/** Names from a list of texts, from a list of objects with a name, or from one text with commas. */
export function namesAt(body: Body | undefined, key: string): string[] {
	const value = field(body, key);
	if (value === undefined || value === null || value === '') return [];
	const parts =
		typeof value === 'string'
			? value.slice(0, 10_000).split(',')
			: Array.isArray(value)
				? value
				: [];
	const names: string[] = [];
	for (const part of parts.slice(0, 100)) {
		const object = asObject(part);
		const name = object ? firstText(object, 'name', 'slug', 'id') : asText(part, 200);
		if (name !== null && !names.includes(name)) names.push(name);
	}
	return names;
}

/** A finite number, also from text; null otherwise. */
export function numberAt(body: Body | undefined, key: string): number | null {
	const value = field(body, key);
	const number =
		typeof value === 'number'
			? value
			: typeof value === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(value.trim())
				? Number(value)
				: NaN;
	return Number.isFinite(number) ? number : null;
}

/** A count (quantity of a line): from 0 on, fractions allowed because some shops sell by weight; null otherwise. */
export function countAt(body: Body | undefined, key: string): number | null {
	const number = numberAt(body, key);
	return number !== null && number >= 0 && number <= 1_000_000_000 ? number : null;
}
