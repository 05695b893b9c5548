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
