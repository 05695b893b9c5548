import { DateTime, IANAZone } from 'luxon';
import { daysFromCivil } from '../../time';

const DAY_MS = 86_400_000;
const DIGIT_0 = 48;

/**
 * Reads the civil day (days since 1970-01-01 on the shop's calendar) of many dates in one zone.
 *
 * Text is ISO 8601: a date alone is that day, a time without an offset is local, one with an offset is converted.
 * A number is milliseconds since 1970 UTC. What cannot be read gives NaN.
 */
export type CivilDayReader = (date: string | number) => number;

/** Civil day of a date of the proleptic Gregorian calendar, NaN when there is no such date. */
export function dayNumber(year: number, month: number, day: number): number {
	if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
	if (day > 28 && day > daysInMonth(year, month)) return NaN;
	return daysFromCivil(year, month, day);
}

function daysInMonth(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The civil day as `2026-01-31`. */
export function civilDayText(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Whether the name is a time zone that the runtime knows, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
	return IANAZone.isValidZone(zone);
}

/** A zone is taken to change its offset at most once in this time. */
const BLOCK_MS = 8 * DAY_MS;
const MINUTE_MS = 60_000;

/** The offset in a block of days: `before` until `changeAt`, `after` from then on; minutes east of UTC. */
interface OffsetBlock {
	readonly before: number;
	readonly changeAt: number;
	readonly after: number;
}

/**
 * A reader for one zone. The offset is looked up once for some days, because a look-up in the runtime's zone table costs
 * more than everything else done with an order.
 */
export function civilDayReader(zone: string): CivilDayReader {
	const ianaZone = IANAZone.create(zone);
	const blocks = new Map<number, OffsetBlock>();

	const offsetMinutes = (ms: number): number => {
		const index = Math.floor(ms / BLOCK_MS);
		let block = blocks.get(index);
		if (block === undefined) {
			block = offsetBlock(ianaZone, index * BLOCK_MS);
			blocks.set(index, block);
		}
		return ms < block.changeAt ? block.before : block.after;
	};
	const dayOfInstant = (ms: number): number =>
		Number.isFinite(ms) && Math.abs(ms) <= 8.64e15
			? Math.floor((ms + offsetMinutes(ms) * MINUTE_MS) / DAY_MS)
			: NaN;

	return (date) => {
		if (typeof date === 'number') return dayOfInstant(date);
		if (typeof date !== 'string') return NaN;
		const text = date.trim();
		const day = writtenDay(text);
		if (Number.isNaN(day)) return readByLuxon(text, zone);
		if (text.length === 10) return day;
		const offset = writtenOffsetMinutes(text);
		if (offset === null) return isTime(text) ? day : NaN;
		const minutes = minutesOfDay(text);
		if (Number.isNaN(offset) || Number.isNaN(minutes)) return readByLuxon(text, zone);
		return dayOfInstant(day * DAY_MS + (minutes - offset) * MINUTE_MS);
	};
}

function offsetBlock(zone: IANAZone, start: number): OffsetBlock {
	const before = zone.offset(start);
	const after = zone.offset(start + BLOCK_MS);
	if (before === after) return { before, changeAt: Infinity, after };
	let low = start;
	let high = start + BLOCK_MS;
	while (high - low > MINUTE_MS) {
		const middle = low + Math.floor((high - low) / MINUTE_MS / 2) * MINUTE_MS;
		if (zone.offset(middle) === before) low = middle;
		else high = middle;
	}
	return { before, changeAt: high, after };
}

/** Civil day of one date; see `CivilDayReader`. */
export function civilDayOf(date: string | number, zone: string): number {
	return civilDayReader(zone)(date);
}

/** The day of text that begins with `YYYY-MM-DD`, followed by nothing, `T` or a space; else NaN. */
function writtenDay(text: string): number {
	if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
	if (text.length > 10) {
		const separator = text.charCodeAt(10);
		if (separator !== 84 && separator !== 116 && separator !== 32) return NaN;
	}
	return dayNumber(
		twoDigits(text, 0) * 100 + twoDigits(text, 2),
		twoDigits(text, 5),
		twoDigits(text, 8),
	);
}

function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - DIGIT_0;
	const ones = text.charCodeAt(at + 1) - DIGIT_0;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function isTime(text: string): boolean {
	return !Number.isNaN(minutesOfDay(text));
}

function minutesOfDay(text: string): number {
	const hours = twoDigits(text, 11);
	const minutes = text.charCodeAt(13) === 58 ? twoDigits(text, 14) : NaN;
	return hours <= 24 && minutes <= 59 ? hours * 60 + minutes : NaN;
}

/** Offset from UTC in minutes as written at the end; null when there is none, NaN when it cannot be read. */
function writtenOffsetMinutes(text: string): number | null {
	const last = text.charCodeAt(text.length - 1);
	if (last === 90 || last === 122) return 0;
	for (let at = text.length - 1; at > 15; at--) {
		const sign = text.charCodeAt(at);
		if (sign !== 43 && sign !== 45) continue;
		const hours = twoDigits(text, at + 1);
		const rest = text.slice(at + 3).replace(':', '');
		const minutes = rest === '' ? 0 : rest.length === 2 ? twoDigits(rest, 0) : NaN;
		return (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
	}
	return null;
}

/** Other spellings of ISO 8601 (week dates, ordinal dates, basic format) are rare enough for the slow reader. */
function readByLuxon(text: string, zone: string): number {
	const moment = DateTime.fromISO(text, { zone });
	return moment.isValid ? dayNumber(moment.year, moment.month, moment.day) : NaN;
}
