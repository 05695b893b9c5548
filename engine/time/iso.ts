import { civilFromDays, daysFromCivil } from './civilDate';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/**
 * Milliseconds since 1970 of the form in which the engine keeps instants and most platforms send them: `2024-10-01T16:20:05`, three
 * decimals of a second or none, and `Z` or an offset up to 13 hours. NaN for every other form, and for days that not every year has:
 * those are for slower readers. A body and a ledger hold hundreds of instants, and the built-in parser takes
 * five times as long.
 */
export function millisOfIso(text: string): number {
	if (
		text.length < 20 ||
		text.charCodeAt(4) !== DASH ||
		text.charCodeAt(7) !== DASH ||
		text.charCodeAt(10) !== LETTER_T ||
		text.charCodeAt(13) !== COLON ||
		text.charCodeAt(16) !== COLON
	)
		return NaN;
	const year = pair(text, 0) * 100 + pair(text, 2);
	const month = pair(text, 5);
	const day = pair(text, 8);
	const hour = pair(text, 11);
	const minute = pair(text, 14);
	const second = pair(text, 17);
	const hasDecimals = text.charCodeAt(19) === POINT;
	const thousandths = hasDecimals ? pair(text, 20) * 10 + digit(text, 22) : 0;
	const offset = offsetFrom(text, hasDecimals ? 23 : 19);
	const isPlain =
		year <= 9999 &&
		isDayOfEveryYear(month, day) &&
		hour <= 23 &&
		minute <= 59 &&
		second <= 59 &&
		thousandths <= 999 &&
		offset !== null;
	if (!isPlain) return NaN;
	const seconds = (hour * 60 + minute - offset) * 60 + second;
	return daysFromCivil(year, month, day) * DAY + seconds * SECOND + thousandths;
}

/** Milliseconds since 1970 as the instants of the engine are written: `2024-10-01T16:20:05.000Z`. Only for the years 0 to 9999. */
export function isoOf(millis: number): string {
	const days = Math.floor(millis / DAY);
	const { year, month, day } = civilFromDays(days);
	const rest = millis - days * DAY;
	const hour = Math.floor(rest / HOUR);
	const minute = Math.floor(rest / MINUTE) % 60;
	const second = Math.floor(rest / SECOND) % 60;
	const thousandths = rest % SECOND;
	const century = Math.floor(year / 100);
	return String.fromCharCode(
		tens(century),
		ones(century),
		tens(year % 100),
		ones(year),
		DASH,
		tens(month),
		ones(month),
		DASH,
		tens(day),
		ones(day),
		LETTER_T,
		tens(hour),
		ones(hour),
		COLON,
		tens(minute),
		ones(minute),
		COLON,
		tens(second),
		ones(second),
		POINT,
		tens(Math.floor(thousandths / 10)),
		ones(Math.floor(thousandths / 10)),
		ones(thousandths),
		LETTER_Z,
	);
}

const DASH = 45;
const PLUS = 43;
const POINT = 46;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;

function isDayOfEveryYear(month: number, day: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	if (day <= 28) return true;
	if (month === 2) return false;
	const isShort = month === 4 || month === 6 || month === 9 || month === 11;
	return day <= (isShort ? 30 : 31);
}

/** What is no digit counts as more than any field of an instant may hold. */
const NO_DIGIT = 10_000;

function digit(text: string, at: number): number {
	const code = text.charCodeAt(at);
	return code >= DIGIT_0 && code <= DIGIT_9 ? code - DIGIT_0 : NO_DIGIT;
}

function pair(text: string, at: number): number {
	return digit(text, at) * 10 + digit(text, at + 1);
}

/** Minutes ahead of UTC, from the end of an instant; null where that is neither `Z` nor a plain offset. */
function offsetFrom(text: string, at: number): number | null {
	const sign = text.charCodeAt(at);
	if (sign === LETTER_Z) return text.length === at + 1 ? 0 : null;
	if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6) return null;
	const hours = pair(text, at + 1);
	const minutes = pair(text, at + 4);
	if (text.charCodeAt(at + 3) !== COLON || hours > 13 || minutes > 59) return null;
	return sign === DASH ? -(hours * 60 + minutes) : hours * 60 + minutes;
}

function tens(value: number): number {
	return DIGIT_0 + Math.floor(value / 10);
}

function ones(value: number): number {
	return DIGIT_0 + (value % 10);
}
