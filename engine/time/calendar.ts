import { civilFromDays, daysFromCivil } from './civilDate';
import { instantOf, localTime, millisOfInstant, toIso } from './clock';
import { isoOf } from './iso';
import { offsetAt } from './zone';

const DAY = 86_400_000;

export type Period = 'day' | 'week' | 'month' | 'year';

/**
 * The same local time `days` calendar days later (earlier when negative). Over a clock change that is 23 or 25
 * hours a day; a local time that does not exist on that day moves forward by the gap.
 */
export function addDays(iso: string, days: number, zone: string): string {
	const { millis, offset } = localTime(iso, zone);
	return toIso(instantOf(millis + days * DAY, zone, offset));
}

/**
 * The same local day and time `months` later (earlier when negative). A day the month does not have becomes its last:
 * 31 January and one month is the end of February.
 */
export function addMonths(iso: string, months: number, zone: string): string {
	const { millis, offset } = localTime(iso, zone);
	return toIso(instantOf(shiftMonths(millis, months), zone, offset));
}

/** The last instant before another: what ends just before `iso` lasts until it. */
export function instantBefore(iso: string): string {
	return toIso(millisOfInstant(iso) - 1);
}

/** The local calendar day, e.g. "2024-02-29". */
export function localDay(iso: string, zone: string): string {
	return isoOf(localTime(iso, zone).millis).slice(0, 10);
}

/** The first instant of the local day, week (from Monday), month or year that `iso` lies in. */
export function startOf(iso: string, period: Period, zone: string): string {
	const fields = new Date(localTime(iso, zone).millis);
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

/** Local time `months` later, the day clamped to the end of the month; in the milliseconds of `LocalTime.millis`. */
export function shiftMonths(localMillis: number, months: number): number {
	const days = Math.floor(localMillis / DAY);
	const { year, month, day } = civilFromDays(days);
	const target = year * 12 + month - 1 + months;
	const first = firstOfMonth(target);
	// Every month has a 28th.
	const lastDay = day <= 28 ? day : firstOfMonth(target + 1) - first;
	return localMillis + (first + Math.min(day, lastDay) - 1 - days) * DAY;
}

/** The day on which a month begins, in days since 1970; months are counted from January of the year 0. */
function firstOfMonth(month: number): number {
	const year = Math.floor(month / 12);
	return daysFromCivil(year, month - year * 12 + 1, 1);
}

/**
 * The instant at which a local day begins. Where clocks show midnight twice it is the first time, which the offset
 * of the day before gives; where they skip midnight it is the first moment that exists.
 */
export function firstInstant(localMidnight: number, zone: string): string {
	const dayBefore = offsetAt(localMidnight - DAY, zone);
	return toIso(instantOf(localMidnight, zone, dayBefore));
}
