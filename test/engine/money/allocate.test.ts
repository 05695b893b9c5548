import fc from 'fast-check';
import { allocate } from '../../../engine/money';

describe('splitting an amount', () => {
	it('gives the odd cent to the largest remainder', () => {
		expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
		expect(allocate(10, [5, 2, 2])).toEqual([6, 2, 2]);
	});

	it('gives ties to the earlier position', () => {
		expect(allocate(2, [1, 1, 1, 1])).toEqual([1, 1, 0, 0]);
	});

	it('splits a negative amount like its positive', () => {
		expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
	});

	it('gives nothing to zero and negative weights', () => {
		expect(allocate(9, [0, 3, -5, 6])).toEqual([0, 3, 0, 6]);
	});

	it('splits evenly where nothing weighs anything', () => {
		expect(allocate(5, [0, 0])).toEqual([3, 2]);
		expect(allocate(0, [])).toEqual([]);
	});

	it('refuses to split something over nothing', () => {
		expect(() => allocate(1, [])).toThrow(RangeError);
		expect(() => allocate(0.5, [1])).toThrow(RangeError);
		expect(() => allocate(1, [0.5])).toThrow(RangeError);
	});

	it('adds up exactly, and no part is a whole unit from its share', () => {
		const weights = fc.array(fc.oneof(fc.nat(), fc.bigInt(0n, 10n ** 20n)), {
			minLength: 1,
			maxLength: 30,
		});
		fc.assert(
			fc.property(fc.maxSafeInteger(), weights, (total, shares) => {
				const parts = allocate(total, shares);
				expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));
				const sum = shares.reduce<bigint>((left, right) => left + BigInt(right), 0n);
				if (sum === 0n) return;
				parts.forEach((part, position) => {
					const off = BigInt(part) * sum - BigInt(total) * BigInt(shares[position]);
					expect(off < sum && off > -sum).toBe(true);
				});
			}),
		);
	});
});
