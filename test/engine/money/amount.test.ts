import fc from 'fast-check';
import { currencyExponent, formatMinor, parseMinor } from '../../../engine/money';

const minor = (amount: string | number, currency: string) => {
	const result = parseMinor(amount, currency);
	return result.ok ? result.value : result.reason.code;
};

describe('currency exponents', () => {
	it.each([
		['USD', 2],
		['eur', 2],
		['JPY', 0],
		['KRW', 0],
		['ISK', 0],
		['BHD', 3],
		['KWD', 3],
		['TND', 3],
		['CLF', 4],
		['UYW', 4],
		['UYI', 0],
		['CLP', 0],
		['XCG', 2],
		['ZWG', 2],
	])('%s has %i decimal places', (code, places) => {
		expect(currencyExponent(code)).toBe(places);
	});

	it.each(['MGA', 'MRU', 'HUF', 'TWD', 'IDR'])(
		'%s has two places as ISO 4217 says, whatever its coins are',
		(code) => {
			expect(currencyExponent(code)).toBe(2);
		},
	);

	it('still knows currencies that old orders are in', () => {
		expect(currencyExponent('HRK')).toBe(2);
		expect(currencyExponent('BYR')).toBe(0);
	});

	it.each(['', 'US', 'USDT', 'XAU', 'XXX', '__proto__', 'constructor'])(
		'"%s" is no currency a shop sells in',
		(code) => {
			expect(currencyExponent(code)).toBeUndefined();
		},
	);

	it('covers every currency in daily use that the ICU data of this Node knows the world uses today', () => {
		const inUse = Intl.supportedValuesOf('currency').filter((code) =>
			/^(USD|EUR|GBP|CHF|JPY|CNY|INR|BRL|MXN|PLN|SEK|NOK|DKK|CZK|HUF|RON|UAH|TRY|ILS|AED|SAR|ZAR|NGN|KES|EGP|THB|VND|IDR|MYR|SGD|PHP|AUD|NZD|CAD|ARS|COP|PEN|KZT|GEL|AMD|AZN|MDL|RSD|BAM|MKD|ALL)$/.test(
				code,
			),
		);
		expect(inUse.length).toBeGreaterThan(40);
		expect(inUse.filter((code) => currencyExponent(code) === undefined)).toEqual([]);
	});
});

describe('reading an amount', () => {
	it.each([
		['19.90', 'USD', 1990],
		['19.9', 'USD', 1990],
		['19', 'USD', 1900],
		['.5', 'USD', 50],
		['5.', 'USD', 500],
		['+3.10', 'USD', 310],
		['-16.20', 'USD', -1620],
		['64.5300', 'USD', 6453],
		[' 7.00 ', 'EUR', 700],
		['500', 'JPY', 500],
		['500.00', 'JPY', 500],
		['1.234', 'BHD', 1234],
		['16.800', 'KWD', 16800],
		['0.0001', 'CLF', 1],
		[199, 'USD', 19900],
		[19.9, 'USD', 1990],
		[1.1, 'USD', 110],
		[4.35, 'USD', 435],
		[1e21, 'JPY', 'amountTooLarge'],
		['1e2', 'USD', 10000],
		['1.5E-1', 'USD', 15],
		['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
		['-90071992547409.91', 'USD', -Number.MAX_SAFE_INTEGER],
	])('%p %s is %p', (amount, currency, expected) => {
		expect(minor(amount, currency)).toBe(expected);
	});

	it('"-0.00", which a deleted refund leaves behind, is plain 0', () => {
		expect(Object.is(minor('-0.00', 'USD'), 0)).toBe(true);
		expect(Object.is(minor(-0, 'USD'), 0)).toBe(true);
	});

	it.each([
		['19.905', 'USD', 'amountTooPrecise'],
		['0.5', 'JPY', 'amountTooPrecise'],
		[0.1 + 0.2, 'USD', 'amountTooPrecise'],
		[1e-7, 'USD', 'amountTooPrecise'],
		['1,234.50', 'USD', 'amountHasSeparator'],
		['19,90', 'EUR', 'amountHasSeparator'],
		["1'234.50", 'CHF', 'amountHasSeparator'],
		['1 234.50', 'EUR', 'amountHasSeparator'],
		['1.234.567', 'EUR', 'amountHasSeparator'],
		['', 'USD', 'amountNotNumber'],
		['.', 'USD', 'amountNotNumber'],
		['abc', 'USD', 'amountNotNumber'],
		['$5', 'USD', 'amountNotNumber'],
		['0x10', 'USD', 'amountNotNumber'],
		['--5', 'USD', 'amountNotNumber'],
		[NaN, 'USD', 'amountNotNumber'],
		[Infinity, 'USD', 'amountNotNumber'],
		['90071992547409.92', 'USD', 'amountTooLarge'],
		['1e300', 'USD', 'amountTooLarge'],
		['9'.repeat(65), 'USD', 'amountNotNumber'],
		['5.00', 'XYZ', 'currencyUnknown'],
	])('%p %s is refused as %s', (amount, currency, code) => {
		expect(minor(amount, currency)).toBe(code);
	});

	it('a refusal tells the shop owner how to write the amount', () => {
		const result = parseMinor('1,234.50', 'USD');
		expect(result.ok ? '' : result.reason.message).toContain('e.g. 1234.50');
	});
});

describe('writing an amount', () => {
	it.each([
		[1990, 'USD', '19.90'],
		[5, 'USD', '0.05'],
		[-5, 'USD', '-0.05'],
		[0, 'USD', '0.00'],
		[-0, 'JPY', '0'],
		[500, 'JPY', '500'],
		[1234, 'BHD', '1.234'],
		[1, 'CLF', '0.0001'],
	])('%p %s is "%s"', (amount, currency, text) => {
		expect(formatMinor(amount, currency)).toBe(text);
	});

	it('does not write what is no whole minor unit', () => {
		expect(() => formatMinor(0.5, 'USD')).toThrow(RangeError);
		expect(() => formatMinor(5, 'XYZ')).toThrow(RangeError);
	});

	it('whatever is written reads back as itself', () => {
		fc.assert(
			fc.property(
				fc.maxSafeInteger(),
				fc.constantFrom('JPY', 'USD', 'BHD', 'CLF'),
				(amount, currency) => {
					expect(parseMinor(formatMinor(amount, currency), currency)).toEqual({
						ok: true,
						value: amount,
					});
				},
			),
		);
	});

	it('a JSON number with cents reads as the same cents as its text', () => {
		fc.assert(
			fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
				expect(minor(cents / 100, 'USD')).toBe(cents);
			}),
		);
	});

	it('no text makes the reader throw', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double()), fc.string(), (amount, currency) => {
				expect(typeof parseMinor(amount, 'USD').ok).toBe('boolean');
				expect(typeof parseMinor(amount, currency).ok).toBe('boolean');
			}),
		);
	});
});
