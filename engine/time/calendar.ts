import { instantOf, localTime, toIso } from './clock';
import { offsetAt } from './zone';

const DAY = 86_400_000;

export type Period = 'day' | 'week' | 'month' | 'year';

/**
 * The same local time `days` calendar days later (earlier when negative). Over a clock change that is 23 or 25
 * hours a day; a local time that does not exist on that day moves forward by the gap.
 */
export function addDays(iso: string, days: number, zone: string): string {
	const { fields, offset } = localTime(iso, zone);
	return toIso(instantOf(fields.getTime() + days * DAY, zone, offset));
}

/**
 * The same local day and time `months` later (earlier when negative). A day the month does not have becomes its last:
 * 31 January and one month is the end of February.
 */
export function addMonths(iso: string, months: number, zone: string): string {
	const { fields, offset } = localTime(iso, zone);
	return toIso(instantOf(shiftMonths(fields, months), zone, offset));
}

/** The local calendar day, e.g. "2024-02-29". */
export function localDay(iso: string, zone: string): string {
	return localTime(iso, zone).fields.toISOString().slice(0, 10);
}

/** The local day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
export function weekday(iso: string, zone: string): number {
	return localTime(iso, zone).fields.getUTCDay() || 7;
}

/** Minutes on the local clock since midnight, 0 to 1439: what the wall clock shows, also on days with 23 or 25 hours. */
export function minuteOfDay(iso: string, zone: string): number {
	const { fields } = localTime(iso, zone);
	return fields.getUTCHours() * 60 + fields.getUTCMinutes();
}

/** The first instant of the local day, week (from Monday), month or year that `iso` lies in. */
export function startOf(iso: string, period: Period, zone: string): string {
	const { fields } = localTime(iso, zone);
	const year = fields.getUTCFullYear();
	const month = fields.getUTCMonth();
	const day = fields.getUTCDate();
	switch (period) {
		case 'day':
			return firstInstant(Date.UTC(year, month, day), zone);
		case 'week':
			return firstInstant(Date.UTC(year, month, day - ((fields.getUTCDay() || 7) - 1)), zone);
		case 'month':
			return firstInstant(Date.UTC(year, month, 1), zone);
		case 'year':
			return firstInstant(Date.UTC(year, 0, 1), zone);
	}
}

/** The first instant of the local calendar year. */
export function startOfYear(iso: string, zone: string): string {
	return startOf(iso, 'year', zone);
}

/** Local fields `months` later, the day clamped to the end of the month; in the milliseconds of `LocalTime.fields`. */
export function shiftMonths(fields: Date, months: number): number {
	const year = fields.getUTCFullYear();
	const month = fields.getUTCMonth() + months;
	const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	const midnight = Date.UTC(year, month, Math.min(fields.getUTCDate(), lastDay));
	const sinceMidnight =
		fields.getTime() - Date.UTC(year, fields.getUTCMonth(), fields.getUTCDate());
	return midnight + sinceMidnight;
}

/**
 * The instant at which a local day begins. Where clocks show midnight twice it is the first time, which the offset
 * of the day before gives; where they skip midnight it is the first moment that exists.
 */
export function firstInstant(localMidnight: number, zone: string): string {
	const dayBefore = offsetAt(localMidnight - DAY, zone);
	return toIso(instantOf(localMidnight, zone, dayBefore));
}
