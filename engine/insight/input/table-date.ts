/** Order of day and month in dates like 03/04/2026. */
export type DateOrder = 'dayFirst' | 'monthFirst';

const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets, so that serial 61 is 1 March 1900 as they have it. */
const SPREADSHEET_EPOCH = Date.UTC(1899, 11, 30);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const PARTED = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T, ]+(.*))?$/;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ]+(.*))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NAMED_DAY_FIRST =
	/^(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})(?:,? (.*))?$/i;
const NAMED_MONTH_FIRST =
	/^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (.*))?$/i;

/**
 * Whether a column of dates has the day or the month first, from a part that can only be a day, or from
 * points between the parts (3.4.2026), which no country writes month first. Undefined when nothing tells.
 */
export function dateOrderOf(values: Iterable<unknown>): DateOrder | undefined {
	for (const value of values) {
		if (typeof value !== 'string') continue;
		const parts = PARTED.exec(value.trim());
		if (parts === null) continue;
		if (parts[2] === '.' || Number(parts[1]) > 12) return 'dayFirst';
		if (Number(parts[3]) > 12) return 'monthFirst';
	}
	return undefined;
}

/**
 * A date of a table as ISO text or milliseconds since 1970 UTC: ISO 8601, 31.12.2026, 12/31/2026,
 * 2026/12/31, 20261231, 31 Dec 2026, Dec 31, 2026, serial days of spreadsheets, seconds or milliseconds
 * since 1970, and date objects. Undefined when it is none of these, or when day and month cannot be told
 * apart (`order` undefined).
 */
export function readTableDate(
	value: unknown,
	order: DateOrder | undefined,
): string | number | undefined {
	if (typeof value === 'number') return readNumber(value);
	if (typeof value === 'string') return readText(value.trim(), order);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
	return momentOf(value);
}

function readNumber(value: number): string | number | undefined {
	if (!Number.isFinite(value)) return undefined;
	if (value >= 1e11) return value;
	if (value >= 1e9) return value * 1000;
	const compact = COMPACT.exec(String(value));
	if (compact !== null) return iso(compact[1], compact[2], compact[3]);
	// Serial days are local: as text without an offset they stay on their day in any zone.
	if (value >= 1 && value < 100_000) {
		return new Date(SPREADSHEET_EPOCH + Math.round(value * DAY_MS)).toISOString().slice(0, 19);
	}
	return undefined;
}

function readText(text: string, order: DateOrder | undefined): string | number | undefined {
	if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
		// Exports put a space before the offset (2026-01-31 10:00:00 +0100) or write UTC.
		return text.replace(/ (?=[+-]\d{2}:?\d{2}$)/, '').replace(/ ?UTC$/i, 'Z');
	}
	if (/^\d+(\.\d+)?$/.test(text) && !PARTED.test(text)) return readNumber(Number(text));
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst !== null) return iso(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst[4]);
	const parted = PARTED.exec(text);
	if (parted !== null) return readParted(parted, order);
	const dayNamed = NAMED_DAY_FIRST.exec(text);
	if (dayNamed !== null) return iso(dayNamed[3], monthOf(dayNamed[2]), dayNamed[1], dayNamed[4]);
	const monthNamed = NAMED_MONTH_FIRST.exec(text);
	if (monthNamed !== null) {
		return iso(monthNamed[3], monthOf(monthNamed[1]), monthNamed[2], monthNamed[4]);
	}
	return undefined;
}

function readParted(parts: RegExpExecArray, order: DateOrder | undefined): string | undefined {
	const [, first, separator, second, writtenYear, time] = parts;
	const year = writtenYear.length === 2 ? `20${writtenYear}` : writtenYear;
	if (first === second) return iso(year, second, first, time);
	let told = order;
	if (Number(first) > 12 || separator === '.') told = 'dayFirst';
	else if (Number(second) > 12) told = 'monthFirst';
	if (told === undefined) return undefined;
	return told === 'dayFirst' ? iso(year, second, first, time) : iso(year, first, second, time);
}

function monthOf(name: string): string {
	return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

/** The engine's reader checks that the day exists; a time that is not 24-hour is dropped for its day. */
function iso(year: string, month: string, day: string, time?: string): string | undefined {
	if (month === '0') return undefined;
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const clock = /^(\d{1,2}):(\d{2})(:\d{2})?\s*(z|[+-]\d{2}:?\d{2})?$/i.exec(time?.trim() ?? '');
	if (clock === null) return date;
	return `${date}T${clock[1].padStart(2, '0')}:${clock[2]}${clock[3] ?? ''}${clock[4] ?? ''}`;
}

/** Moments of luxon, moment and the like, as expressions of the host make them. */
function momentOf(value: unknown): number | undefined {
	if (typeof value !== 'object' || value === null || !('valueOf' in value)) return undefined;
	const instant: unknown = value.valueOf();
	return typeof instant === 'number' && Number.isFinite(instant) ? instant : undefined;
}
