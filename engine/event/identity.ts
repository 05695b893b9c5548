import type { Body } from './body';
import { field } from './body';

/**
 * An id as text, exact to the last digit; null where there is none. Zero is how shops write "none".
 * A number beyond 2^53 has lost digits on its way: `inexact`, and the caller must not use it as a key.
 */
export type Id = string | null | 'inexact';

/** The id under `key`. */
export function idAt(body: Body | undefined, key: string): Id {
	return asId(field(body, key));
}

/** As `idAt`, for a value already in hand. */
export function asId(value: unknown): Id {
	if (typeof value === 'number') {
		if (value === 0 || !Number.isInteger(value)) return null;
		return Number.isSafeInteger(value) ? String(value) : 'inexact';
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return text === '' || text === '0' || text.length > 200 ? null : text;
}

/** The id, or null where it is missing or inexact: for ids that describe and are no key. */
export function describingId(body: Body | undefined, key: string): string | null {
	const id = idAt(body, key);
	return id === 'inexact' ? null : id;
}
