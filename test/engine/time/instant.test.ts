import fc from 'fast-check';
import { isZone, parseInstant } from '../../../engine/time';

const instant = (text: string | number, zone = 'UTC') => {
	const result = parseInstant(text, zone);
	return result.ok ? result.value : result.reason.code;
};

describe('reading an instant', () => {
	it.each([
		['2024-10-01T12:20:05-04:00', '2024-10-01T16:20:05.000Z'],
		['2024-10-01T16:20:05Z', '2024-10-01T16:20:05.000Z'],
		['2024-10-01T16:20:05.123Z', '2024-10-01T16:20:05.123Z'],
		['2024-10-01T16:20:05.123987654Z', '2024-10-01T16:20:05.123Z'],
		['2021-03-11 16:56:59.121991+00:00', '2021-03-11T16:56:59.121Z'],
		['2018-05-31 15:08:36 +0000', '2018-05-31T15:08:36.000Z'],
		['2024-10-01T12:20:05+0530', '2024-10-01T06:50:05.000Z'],
		['2024-10-01T12:20+02', '2024-10-01T10:20:00.000Z'],
		['Tue, 05 Mar 2019 21:40:11 +0000', '2019-03-05T21:40:11.000Z'],
		['05 Mar 2019 21:40:11 -0500', '2019-03-06T02:40:11.000Z'],
		[1700000000, '2023-11-14T22:13:20.000Z'],
		[1700000000123, '2023-11-14T22:13:20.123Z'],
		['1700000000', '2023-11-14T22:13:20.000Z'],
		['1700000000123', '2023-11-14T22:13:20.123Z'],
	])('%p is %s', (text, expected) => {
		expect(instant(text, 'Asia/Tokyo')).toBe(expected);
	});

	it('takes a time without a zone as local to the assumed zone, never to the server', () => {
		expect(instant('2017-03-22T16:28:08')).toBe('2017-03-22T16:28:08.000Z');
		expect(instant('2017-03-22T16:28:08', 'America/New_York')).toBe('2017-03-22T20:28:08.000Z');
		expect(instant('2017-01-22 16:28:08', 'America/New_York')).toBe('2017-01-22T21:28:08.000Z');
		expect(instant('2024-10-01', 'Europe/Berlin')).toBe('2024-09-30T22:00:00.000Z');
	});

	it('moves a local time that the clock skipped forward by the gap', () => {
		expect(instant('2024-03-31T02:30:00', 'Europe/Berlin')).toBe('2024-03-31T01:30:00.000Z');
	});

	it.each([
		'',
		'yesterday',
		'2024-13-01T00:00:00Z',
		'2024-02-30T00:00:00Z',
		'2024-02-30T00:00:00',
		'2024-10-01T25:00:00Z',
		'2024-10-01T12:60:00Z',
		'0000-00-00 00:00:00',
		'0001-01-01T00:00:00',
		'2024-09-16T03:50:1500:00',
		'2024-10-01T12:00:00+99:00',
		'2024-10-01Tjunk',
		'10/01/2024',
		'99999999999999999999',
		NaN,
		Infinity,
	])('%p is refused', (text) => {
		expect(instant(text, 'Europe/Berlin')).toBe('dateInvalid');
	});

	it('refuses a zone that is none where it needs one', () => {
		expect(instant('2024-10-01T12:00:00', 'Europe/Atlantis')).toBe('zoneUnknown');
		expect(instant('2024-10-01T12:00:00Z', 'Europe/Atlantis')).toBe('2024-10-01T12:00:00.000Z');
	});

	it('reads its own output back, in every zone', () => {
		fc.assert(
			fc.property(
				fc.date({
					min: new Date('1900-01-01T00:00:00Z'),
					max: new Date('9999-12-30T00:00:00Z'),
					noInvalidDate: true,
				}),
				fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu'),
				(date, zone) => {
					expect(instant(date.toISOString(), zone)).toBe(date.toISOString());
				},
			),
		);
	});

	it('reads every moment of four centuries as the runtime itself does, in any offset', () => {
		const millis = fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2299, 11, 30) });
		fc.assert(
			fc.property(millis, fc.integer({ min: -13 * 60, max: 13 * 60 }), (moment, ahead) => {
				const utc = new Date(moment).toISOString();
				expect(instant(utc)).toBe(utc);
				const local = new Date(moment + ahead * 60_000).toISOString().slice(0, -1);
				const sign = ahead < 0 ? '-' : '+';
				const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map(
					(part) => String(part).padStart(2, '0'),
				);
				expect(instant(`${local}${sign}${hours}:${minutes}`)).toBe(utc);
			}),
			{ numRuns: 2000 },
		);
	});

	it('takes a day for a day only if the month has it', () => {
		for (const year of [1900, 2000, 2023, 2024])
			for (let month = 1; month <= 12; month += 1)
				for (let day = 0; day <= 32; day += 1) {
					const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T10:00:00Z`;
					const exists = day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
					expect([text, instant(text)]).toEqual([
						text,
						exists ? text.replace('Z', '.000Z') : 'dateInvalid',
					]);
				}
	});

	it('never throws, whatever it is given', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double()), fc.string(), (text, zone) => {
				expect(typeof parseInstant(text, zone).ok).toBe('boolean');
			}),
		);
	});
});

describe('time zones', () => {
	it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
		'%s is one',
		(name) => {
			expect(isZone(name)).toBe(true);
		},
	);

	it.each(['', 'local', 'system', 'default', 'Europe/Atlantis', 'Berlin', 'x'.repeat(1000)])(
		'"%s" is none',
		(name) => {
			expect(isZone(name)).toBe(false);
		},
	);
});
