import { isoOf, millisOfIso } from './iso';
import { offsetAt } from './zone';

/**
 * What clocks in a zone show, in milliseconds as if they showed UTC. Local calendar arithmetic is then plain UTC
 * arithmetic, and only the way back has to know about clock changes.
 */
export interface LocalTime {
	readonly millis: number;
	/** Milliseconds the zone was ahead of UTC at that instant. */
	readonly offset: number;
}

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Milliseconds since 1970 of an instant. Instants in the engine are already checked (ISO 8601 in UTC), so one that cannot be
 * read is a fault of the caller and throws a RangeError.
 */
export function millisOfInstant(iso: string): number {
	if (iso.charCodeAt(iso.length - 1) !== LETTER_Z) throw new RangeError(`Not an instant: ${iso}`);
	let millis = millisOfIso(iso);
	if (Number.isNaN(millis)) millis = Date.parse(iso);
	if (!isInCalendar(millis)) throw new RangeError(`Not an instant: ${iso}`);
	return millis;
}

const LETTER_Z = 90;

/** The local time of an instant; throws as `millisOfInstant` does. */
export function localTime(iso: string, zone: string): LocalTime {
	const millis = millisOfInstant(iso);
	const offset = offsetAt(millis, zone);
	return { millis: millis + offset, offset };
}

/**
 * The instant at which clocks in the zone show `localMillis` (as in `LocalTime.millis`).
 * Where they show it twice, `likelyOffset` decides; where they skip it, it moves forward by the gap.
 */
export function instantOf(localMillis: number, zone: string, likelyOffset: number): number {
	const first = offsetAt(localMillis - likelyOffset, zone);
	if (first === likelyOffset) return localMillis - first;
	const second = offsetAt(localMillis - first, zone);
	return localMillis - (second === first ? first : Math.min(first, second));
}

/** As ISO 8601 in UTC. Outside the years 1900 to 9999 it throws a RangeError: periods are bounded where they enter. */
export function toIso(millis: number): string {
	if (!isInCalendar(millis)) throw new RangeError('Beyond the calendar');
	return isoOf(millis);
}

/** Whether it lies in the years 1900 to 9999. */
export function isInCalendar(millis: number): boolean {
	return millis >= EARLIEST && millis <= LATEST;
}
