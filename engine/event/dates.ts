import { parseInstant } from '../time';
import type { Body } from './body';
import { field } from './body';

/** The instant under `key`, null where it is missing or cannot be read. Times without a zone are in `zone`. */
export function instantAt(body: Body | undefined, key: string, zone = 'UTC'): string | null {
	return asInstant(field(body, key), zone);
}

/** As `instantAt`, for a value already in hand. */
export function asInstant(value: unknown, zone = 'UTC'): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	if (value === '' || value === 0) return null;
	const parsed = parseInstant(typeof value === 'string' ? value.slice(0, 60) : value, zone);
	return parsed.ok ? parsed.value : null;
}
