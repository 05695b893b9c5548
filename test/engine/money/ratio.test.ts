import fc from 'fast-check';
import type { Ratio, RoundingMode } from '../../../engine/money';
import {
	addRatio,
	compareRatio,
	divideRatio,
	isRoundable,
	multiplyRatio,
	ONE,
	parseRatio,
	ratio,
	roundRatio,
	signOf,
	subtractRatio,
	ZERO,
} from '../../../engine/money';

const parsed = (text: string | number): Ratio | string => {
	const result = parseRatio(text);
	return result.ok ? result.value : result.reason.code;
};

const anyRatio = fc
	.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n))
	.map(([num, den]) => ratio(num, den));

describe('exact ratios', () => {
	it.each([
		['1.5', ratio(3, 2)],
		['0.1', ratio(1, 10)],
		[0.1, ratio(1, 10)],
		['3', ratio(3)],
		['-0.25', ratio(-1, 4)],
		['1e2', ratio(100)],
		['0', ZERO],
	])('%p is read exactly', (text, expected) => {
		expect(parsed(text)).toEqual(expected);
	});

	it.each(['', '1,5', '50%', '1/2', 'Infinity', '1e99', NaN])('%p is refused', (text) => {
		expect(parsed(text)).toBe('rateNotNumber');
	});

	it('are kept in lowest terms with a positive denominator', () => {
		expect(ratio(6, -4)).toEqual({ num: -3, den: 2 });
	});

	it('a tenth and two tenths are exactly three tenths', () => {
		expect(addRatio(ratio(1, 10), ratio(2, 10))).toEqual(ratio(3, 10));
	});

	it('refuse a zero denominator and a fraction as a numerator', () => {
		expect(() => ratio(1, 0)).toThrow(RangeError);
		expect(() => divideRatio(ONE, ZERO)).toThrow(RangeError);
		expect(() => ratio(0.5)).toThrow(RangeError);
	});

	it('adding and taking away, multiplying and dividing give back the first', () => {
		fc.assert(
			fc.property(anyRatio, anyRatio, (a, b) => {
				expect(subtractRatio(addRatio(a, b), b)).toEqual(a);
				if (signOf(b) !== 0) expect(divideRatio(multiplyRatio(a, b), b)).toEqual(a);
			}),
		);
	});

	it('stay exact where plain numbers no longer would, and turn back into them', () => {
		const big = fc.bigInt(-(10n ** 20n), 10n ** 20n);
		const positive = fc.bigInt(1n, 10n ** 18n);
		fc.assert(
			fc.property(big, positive, big, positive, (a, b, c, d) => {
				fc.pre(c !== 0n);
				expect(addRatio(ratio(a, b), ratio(c, d))).toEqual(ratio(a * d + c * b, b * d));
				expect(multiplyRatio(ratio(a, b), ratio(c, d))).toEqual(ratio(a * c, b * d));
				expect(divideRatio(multiplyRatio(ratio(a, b), ratio(c, d)), ratio(c, d))).toEqual(
					ratio(a, b),
				);
			}),
		);
	});

	it('of zero have no sign', () => {
		expect(multiplyRatio(ratio(0), ratio(-5, 3))).toEqual(ZERO);
		expect(subtractRatio(ZERO, ZERO)).toEqual(ZERO);
	});

	it('are ordered as their difference says', () => {
		fc.assert(
			fc.property(anyRatio, anyRatio, (a, b) => {
				expect(compareRatio(a, b)).toBe(signOf(subtractRatio(a, b)));
			}),
		);
	});
});

describe('rounding', () => {
	const cases: Array<[Ratio, Record<RoundingMode, number>]> = [
		[ratio(5, 2), { floor: 2, ceil: 3, halfUp: 3, halfEven: 2 }],
		[ratio(7, 2), { floor: 3, ceil: 4, halfUp: 4, halfEven: 4 }],
		[ratio(-5, 2), { floor: -3, ceil: -2, halfUp: -3, halfEven: -2 }],
		[ratio(-1, 3), { floor: -1, ceil: 0, halfUp: 0, halfEven: 0 }],
		[ratio(2, 3), { floor: 0, ceil: 1, halfUp: 1, halfEven: 1 }],
		[ratio(-2, 3), { floor: -1, ceil: 0, halfUp: -1, halfEven: -1 }],
		[ratio(4), { floor: 4, ceil: 4, halfUp: 4, halfEven: 4 }],
	];
	const modes: RoundingMode[] = ['floor', 'ceil', 'halfUp', 'halfEven'];

	it.each(cases)('%p in every mode', (value, expected) => {
		for (const mode of modes)
			expect([mode, roundRatio(value, mode)]).toEqual([mode, expected[mode]]);
	});

	it('is never a whole unit away, and the nearest modes never more than half', () => {
		fc.assert(
			fc.property(anyRatio, (value) => {
				for (const mode of modes) {
					const distance = subtractRatio(ratio(roundRatio(value, mode)), value);
					const absolute = signOf(distance) < 0 ? multiplyRatio(distance, ratio(-1)) : distance;
					expect(compareRatio(absolute, ONE)).toBe(-1);
					if (mode.startsWith('half')) {
						expect(compareRatio(absolute, ratio(1, 2))).toBeLessThanOrEqual(0);
					}
				}
			}),
		);
	});

	it('says beforehand whether a result is a safe integer, and throws rather than give another number', () => {
		const largest = ratio(Number.MAX_SAFE_INTEGER);
		expect(isRoundable(largest)).toBe(true);
		expect(roundRatio(largest, 'ceil')).toBe(Number.MAX_SAFE_INTEGER);
		const beyond = addRatio(largest, ratio(1, 2));
		expect(isRoundable(beyond)).toBe(false);
		expect(() => roundRatio(beyond, 'ceil')).toThrow(RangeError);
	});
});
