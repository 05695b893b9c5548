import fc from 'fast-check';
import { DateTime } from 'luxon';
import { addDays, addMonths, localDay, parseInstant, WallClock } from '../../../engine/time';

/** The engine keeps offsets by day to be fast; luxon is asked afresh every time. They must agree. */
describe('calendar arithmetic agrees with luxon', () => {
	const instant = fc
		.date({
			min: new Date('1990-01-01T00:00:00Z'),
			max: new Date('2037-01-01T00:00:00Z'),
			noInvalidDate: true,
		})
		.map((date) => date.toISOString());
	const zone = fc.constantFrom(
		'Europe/Berlin',
		'America/New_York',
		'America/Havana',
		'Asia/Beirut',
		'Asia/Kathmandu',
		'Australia/Lord_Howe',
		'Africa/Casablanca',
		'Pacific/Apia',
		'UTC',
	);
	const nearAClockChange = fc
		.tuple(
			fc.constantFrom(
				'2024-03-31T01:00:00Z',
				'2024-10-27T01:00:00Z',
				'2024-03-10T07:00:00Z',
				'2024-11-03T06:00:00Z',
				'2024-03-30T22:00:00Z',
			),
			fc.integer({ min: -7200, max: 7200 }),
		)
		.map(([change, seconds]) => new Date(Date.parse(change) + seconds * 1000).toISOString());
	const moment = fc.oneof(instant, nearAClockChange);

	it('in days and months', () => {
		fc.assert(
			fc.property(moment, zone, fc.integer({ min: -400, max: 400 }), (iso, name, count) => {
				const local = DateTime.fromISO(iso, { zone: name });
				expect(addDays(iso, count, name)).toBe(local.plus({ days: count }).toUTC().toISO());
				expect(addMonths(iso, count, name)).toBe(local.plus({ months: count }).toUTC().toISO());
			}),
			{ numRuns: 500 },
		);
	});

	it('in what the wall clock and the calendar on the wall show', () => {
		fc.assert(
			fc.property(moment, zone, (iso, name) => {
				const local = DateTime.fromISO(iso, { zone: name });
				expect(localDay(iso, name)).toBe(local.toISODate());
				expect(new WallClock(iso, name).weekday).toBe(local.weekday);
				expect(new WallClock(iso, name).minuteOfDay).toBe(local.hour * 60 + local.minute);
			}),
			{ numRuns: 500 },
		);
	});

	it('in local times without a zone, which read back as the same wall clock', () => {
		fc.assert(
			fc.property(moment, zone, (iso, name) => {
				const shown = DateTime.fromISO(iso, { zone: name }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
				const read = parseInstant(shown, name);
				expect(read.ok).toBe(true);
				if (!read.ok) return;
				expect(
					DateTime.fromISO(read.value, { zone: name }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS"),
				).toBe(shown);
			}),
			{ numRuns: 500 },
		);
	});
});
