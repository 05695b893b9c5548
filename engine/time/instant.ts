import { DateTime } from 'luxon';
import type { Result } from '../result';
import { refusal, success } from '../result';
import { instantOf, isInCalendar } from './clock';
import { isoOf, millisOfIso } from './iso';
import { isZone, offsetAt } from './zone';

const DATE_AND_TIME =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const RFC_2822 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}/;
const UNIX_TEXT = /^(?:\d{10}|\d{13})$/;

/** A count above this is milliseconds: as seconds it would be past the year 5000, as milliseconds it is 1973. */
const LARGEST_SECONDS = 100_000_000_000;

/**
 * An instant as platforms send it, as ISO 8601 in UTC (`2024-10-01T16:20:05.000Z`).
 *
 * Understood: ISO 8601 with an offset or `Z`; without either, as local time in `assumedZone` (what the platform
 * documents, never the server's zone); a blank instead of `T`; a blank before the offset; up to nine decimals of a second,
 * cut to milliseconds; a date alone (its first moment); RFC 2822 dates; unix seconds or milliseconds as a
 * number or as 10 or 13 digits. A local time that a clock change skips is moved forward by the gap.
 * Refusals: `dateInvalid` for anything else, days that do not exist and years outside 1900 to 9999; `zoneUnknown`.
 */
export function parseInstant(text: string | number, assumedZone: string): Result<string> {
	const millis = typeof text === 'number' ? fromUnix(text) : fromText(text.trim(), assumedZone);
	if (millis === 'zoneUnknown') {
		return refusal(
			'zoneUnknown',
			`"${assumedZone.slice(0, 64)}" is not a time zone such as Europe/Berlin.`,
		);
	}
	if (!isInCalendar(millis)) {
		return refusal(
			'dateInvalid',
			`"${String(text).slice(0, 40)}" is not a date and time such as 2024-10-01T12:00:00Z.`,
		);
	}
	return success(isoOf(millis));
}

function fromUnix(count: number): number {
	return Math.abs(count) > LARGEST_SECONDS ? Math.trunc(count) : Math.trunc(count * 1000);
}

function fromText(text: string, assumedZone: string): number | 'zoneUnknown' {
	const plain = millisOfIso(text);
	if (!Number.isNaN(plain)) return plain;
	const match = DATE_AND_TIME.exec(text);
	if (!match) {
		if (UNIX_TEXT.test(text)) return fromUnix(Number(text));
		return RFC_2822.test(text) && text.length <= 40
			? DateTime.fromRFC2822(text, { zone: 'utc' }).toMillis()
			: NaN;
	}
	const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
	const fields = [year, month, day, hour, minute, second].map(Number);
	const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
	const asUtc = utcMillis(fields, millis);
	if (!Number.isFinite(asUtc)) return NaN;
	if (offset !== undefined) return asUtc - offsetMillis(offset);
	if (assumedZone === 'UTC' || assumedZone === 'utc') return asUtc;

	if (!isZone(assumedZone)) return 'zoneUnknown';
	return instantOf(asUtc, assumedZone, offsetAt(asUtc, assumedZone));
}

/** NaN where the fields name no moment (February 30, hour 25) or a year that `Date.UTC` would take for another century. */
function utcMillis(
	[year, month, day, hour, minute, second]: readonly number[],
	millis: number,
): number {
	if (year < 1900 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59)
		return NaN;
	const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis));
	return date.getUTCDate() === day ? date.getTime() : NaN;
}

function offsetMillis(offset: string): number {
	if (offset === 'Z' || offset === 'z') return 0;
	const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
	const hours = Number(digits.slice(0, 2));
	const minutes = Number(digits.slice(2));
	if (hours > 14 || minutes > 59) return NaN;
	const millis = (hours * 60 + minutes) * 60_000;
	return offset.startsWith('-') ? -millis : millis;
}
