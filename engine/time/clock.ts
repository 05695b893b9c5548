import { offsetAt } from './zone';

/**
 * What clocks in a zone show, as a `Date` whose UTC fields are the local ones. Local calendar arithmetic is then
 * plain UTC arithmetic, and only the way back has to know about clock changes.
 */
export interface LocalTime {
	readonly fields: Date;
	/** Milliseconds the zone was ahead of UTC at that instant. */
	readonly offset: number;
}

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The local time of an instant. Instants in the engine are already checked (ISO 8601 in UTC), so one that cannot be
 * read is a fault of the caller and throws a RangeError.
 */
export function localTime(iso: string, zone: string): LocalTime {
	const millis = iso.endsWith('Z') ? Date.parse(iso) : NaN;
	if (!isInCalendar(millis)) throw new RangeError(`Not an instant: ${iso}`);
	const offset = offsetAt(millis, zone);
	return { fields: new Date(millis + offset), offset };
}

/**
 * The instant at which clocks in the zone show `localMillis` (a local time as in `LocalTime.fields`).
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
	return new Date(millis).toISOString();
}

/** Whether it lies in the years 1900 to 9999. */
export function isInCalendar(millis: number): boolean {
	return millis >= EARLIEST && millis <= LATEST;
}
