import fc from 'fast-check';
import {
	addDays,
	addMonths,
	localDay,
	membershipYearStart,
	rollingWindowStart,
	startOf,
	startOfYear,
	WallClock,
} from '../../../engine/time';

const BERLIN = 'Europe/Berlin';

describe('days and months in the zone of the program', () => {
	it('a day over the spring clock change has 23 hours, over the autumn one 25', () => {
		expect(addDays('2024-03-30T12:00:00.000Z', 1, BERLIN)).toBe('2024-03-31T11:00:00.000Z');
		expect(addDays('2024-10-26T12:00:00.000Z', 1, BERLIN)).toBe('2024-10-27T13:00:00.000Z');
		expect(addDays('2024-03-31T11:00:00.000Z', -1, BERLIN)).toBe('2024-03-30T12:00:00.000Z');
	});

	it('a local time that the clock skips moves forward', () => {
		// 02:30 in Berlin does not exist on 31 March 2024.
		expect(addDays('2024-03-30T01:30:00.000Z', 1, BERLIN)).toBe('2024-03-31T01:30:00.000Z');
	});

	it('31 January and one month is the end of February', () => {
		expect(addMonths('2024-01-31T12:00:00.000Z', 1, 'UTC')).toBe('2024-02-29T12:00:00.000Z');
		expect(addMonths('2023-01-31T12:00:00.000Z', 1, 'UTC')).toBe('2023-02-28T12:00:00.000Z');
		expect(addMonths('2024-02-29T12:00:00.000Z', 12, 'UTC')).toBe('2025-02-28T12:00:00.000Z');
	});

	it('the month is that of the local day, not of the UTC day', () => {
		// 23:30 UTC on 30 January is already 31 January in Berlin.
		expect(addMonths('2023-01-30T23:30:00.000Z', 1, BERLIN)).toBe('2023-02-27T23:30:00.000Z');
		expect(addMonths('2023-01-30T23:30:00.000Z', 1, 'UTC')).toBe('2023-02-28T23:30:00.000Z');
	});

	it('knows the local day, weekday and clock', () => {
		const lateSunday = '2024-06-30T22:30:00.000Z';
		expect(localDay(lateSunday, BERLIN)).toBe('2024-07-01');
		expect(localDay(lateSunday, 'UTC')).toBe('2024-06-30');
		expect(new WallClock(lateSunday, BERLIN).weekday).toBe(1);
		expect(new WallClock(lateSunday, 'UTC').weekday).toBe(7);
		expect(new WallClock(lateSunday, BERLIN).minuteOfDay).toBe(30);
		expect(new WallClock(lateSunday, 'Asia/Kathmandu').minuteOfDay).toBe(4 * 60 + 15);
	});

	it('knows where days, weeks, months and years begin', () => {
		const moment = '2024-07-04T10:00:00.000Z';
		expect(startOf(moment, 'day', BERLIN)).toBe('2024-07-03T22:00:00.000Z');
		expect(startOf(moment, 'week', BERLIN)).toBe('2024-06-30T22:00:00.000Z');
		expect(startOf(moment, 'month', BERLIN)).toBe('2024-06-30T22:00:00.000Z');
		expect(startOfYear(moment, BERLIN)).toBe('2023-12-31T23:00:00.000Z');
		// Midnight does not exist on the day Lebanon puts its clocks forward, and comes twice when Cuba puts them back.
		expect(startOf('2024-03-31T10:00:00.000Z', 'day', 'Asia/Beirut')).toBe(
			'2024-03-30T22:00:00.000Z',
		);
		expect(startOf('2024-11-03T20:00:00.000Z', 'day', 'America/Havana')).toBe(
			'2024-11-03T04:00:00.000Z',
		);
	});

	it('a caller that passes no instant or no zone is told at once', () => {
		expect(() => addDays('2024-07-04', 1, 'UTC')).toThrow(RangeError);
		expect(() => addDays('soonZ', 1, 'UTC')).toThrow(RangeError);
		expect(() => addDays('2024-07-04T10:00:00.000Z', 1, 'local')).toThrow(RangeError);
		expect(() => addMonths('2024-07-04T10:00:00.000Z', 10 ** 9, 'UTC')).toThrow(RangeError);
	});

	it('a later moment never gets an earlier due date', () => {
		const moment = fc.date({
			min: new Date('2000-01-01T00:00:00Z'),
			max: new Date('2040-01-01T00:00:00Z'),
			noInvalidDate: true,
		});
		const zone = fc.constantFrom(BERLIN, 'America/New_York', 'Asia/Beirut', 'UTC');
		fc.assert(
			fc.property(moment, fc.nat(60), zone, (date, months, name) => {
				const due = addMonths(date.toISOString(), months, name);
				const nextDay = new Date(date.getTime() + 86_400_000).toISOString();
				expect(addMonths(nextDay, months, name) >= due).toBe(true);
			}),
		);
	});
});

describe('windows', () => {
	it('a rolling window begins with a local day', () => {
		expect(rollingWindowStart('2025-03-05T15:00:00.000Z', 12, BERLIN)).toBe(
			'2024-03-04T23:00:00.000Z',
		);
		expect(rollingWindowStart('2024-03-31T10:00:00.000Z', 1, 'UTC')).toBe(
			'2024-02-29T00:00:00.000Z',
		);
	});

	it('a membership year begins on the latest anniversary', () => {
		const joined = '2022-06-15T10:00:00.000Z';
		const start = (now: string) => membershipYearStart(joined, now, 'UTC');
		expect(start('2022-06-15T12:00:00.000Z')).toBe('2022-06-15T00:00:00.000Z');
		expect(start('2023-06-14T23:59:59.999Z')).toBe('2022-06-15T00:00:00.000Z');
		expect(start('2023-06-15T00:00:00.000Z')).toBe('2023-06-15T00:00:00.000Z');
		expect(start('2025-01-01T00:00:00.000Z')).toBe('2024-06-15T00:00:00.000Z');
		expect(start('2021-01-01T00:00:00.000Z')).toBe('2022-06-15T00:00:00.000Z');
	});

	it('who joined on 29 February has the year begin on 28 February, and on the 29th again in leap years', () => {
		const start = (now: string) => membershipYearStart('2020-02-29T10:00:00.000Z', now, 'UTC');
		expect(start('2021-02-28T00:00:00.000Z')).toBe('2021-02-28T00:00:00.000Z');
		expect(start('2024-02-28T12:00:00.000Z')).toBe('2023-02-28T00:00:00.000Z');
		expect(start('2024-02-29T00:00:00.000Z')).toBe('2024-02-29T00:00:00.000Z');
	});

	it('the day of joining is the local one', () => {
		expect(
			membershipYearStart('2022-06-15T23:00:00.000Z', '2023-07-01T00:00:00.000Z', BERLIN),
		).toBe('2023-06-15T22:00:00.000Z');
	});
});
