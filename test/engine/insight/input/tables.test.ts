import fc from 'fast-check';
import { decimalSignOf, readTableAmount } from '../../../../engine/insight/input/table-amount';
import { dateOrderOf, readTableDate } from '../../../../engine/insight/input/table-date';
import { civilDayOf, civilDayText } from '../../../../engine/insight/purchase';

describe('a date in a table', () => {
	it.each([
		['2026-01-31', '2026-01-31'],
		['2026-01-31T23:30:00', '2026-01-31'],
		['2026-01-31T23:30:00Z', '2026-02-01'],
		['2026-01-31 23:30:00 +0100', '2026-01-31'],
		['2026-01-31 23:30:00 UTC', '2026-02-01'],
		['31.01.2026', '2026-01-31'],
		['31/1/2026 10:15', '2026-01-31'],
		['1/31/2026, 10:15:00 PM', '2026-01-31'],
		['2026/1/31', '2026-01-31'],
		['20260131', '2026-01-31'],
		['31 Jan 2026', '2026-01-31'],
		['31-Jan-2026', '2026-01-31'],
		['January 31st, 2026', '2026-01-31'],
		['Sat, 31 Jan 2026 23:30:00 +0000', '2026-02-01'],
		[20260131, '2026-01-31'],
		[46053, '2026-01-31'],
		[46053.9, '2026-01-31'],
		['46053', '2026-01-31'],
		[1769898600, '2026-01-31'],
		[1769898600000, '2026-01-31'],
		[new Date('2026-01-31T12:00:00Z'), '2026-01-31'],
	])('%p is %s in Berlin', (value, day) => {
		const read = readTableDate(value, undefined);
		expect(civilDayText(civilDayOf(read ?? '', 'Europe/Berlin'))).toBe(day);
	});

	it.each(['', 'soon', '31.13.2026x', '12 Foo 2026', null, {}, true, NaN, -5, new Date(NaN)])(
		'%p is none',
		(value) => {
			expect(readTableDate(value, 'dayFirst')).toBeUndefined();
		},
	);

	it('is read in the order of its column', () => {
		expect(readTableDate('03/04/2026', 'dayFirst')).toBe('2026-04-03');
		expect(readTableDate('03/04/2026', 'monthFirst')).toBe('2026-03-04');
		expect(readTableDate('03/04/2026', undefined)).toBeUndefined();
		expect(readTableDate('04/04/2026', undefined)).toBe('2026-04-04');
		expect(readTableDate('31/12/26', 'monthFirst')).toBe('2026-12-31');
	});

	it('tells the order of the column from one date that can be read one way only', () => {
		expect(dateOrderOf(['03/04/2026', '05/31/2026'])).toBe('monthFirst');
		expect(dateOrderOf(['03/04/2026', '31/05/2026'])).toBe('dayFirst');
		expect(dateOrderOf(['03.04.2026'])).toBe('dayFirst');
		expect(dateOrderOf(['03/04/2026', 5, null])).toBeUndefined();
	});
});

describe('an amount in a table', () => {
	it.each([
		[49.9, 49.9],
		['49.90', 49.9],
		['49,90', 49.9],
		['49,90 €', 49.9],
		['$1,234.50', 1234.5],
		['EUR 1.234,50', 1234.5],
		["CHF 1'234.50", 1234.5],
		['1 234,5 Kč', 1234.5],
		['R$ 12,00', 12],
		['1,234,567', 1234567],
		['(12.00)', -12],
		['12.00-', -12],
		['-3', -3],
		['0', 0],
	])('%p is %d', (text, amount) => {
		expect(readTableAmount(text, undefined)).toBe(amount);
	});

	it.each(['', 'free', '1,234', '1.2.3,4,5', null, true, Infinity, {}])('%p is none', (value) => {
		expect(readTableAmount(value, undefined)).toBeNaN();
	});

	it('is read with the decimal sign of its column', () => {
		expect(decimalSignOf(['1,234', '10,50'])).toBe('comma');
		expect(decimalSignOf(['1,234', '10.50'])).toBe('point');
		expect(decimalSignOf(['1,234', 10])).toBeUndefined();
		expect(readTableAmount('1,234', 'comma')).toBe(1.234);
		expect(readTableAmount('1,234', 'point')).toBe(1234);
		expect(readTableAmount('1.234', 'comma')).toBe(1234);
	});

	it('is the same number in every common spelling', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 99_999_999 }), (hundredths) => {
				const amount = hundredths / 100;
				for (const language of ['en-US', 'de-DE', 'fr-FR', 'de-CH']) {
					const text = new Intl.NumberFormat(language, {
						minimumFractionDigits: 2,
						maximumFractionDigits: 2,
					}).format(amount);
					expect(readTableAmount(text, undefined)).toBeCloseTo(amount, 9);
				}
			}),
		);
	});
});
