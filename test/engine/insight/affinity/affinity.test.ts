import fc from 'fast-check';
import { findRules, LARGEST_BASKET, Recommender } from '../../../../engine/insight/affinity';
import { FisherTest } from '../../../../engine/insight/affinity/hypergeometric';
import { Draws } from '../draws';

const settings = { minTogether: 3, maxFalseShare: 0.05, minLift: 1.2 };

describe('FisherTest', () => {
	it('gives the p-value of the lady tasting tea', () => {
		// 8 cups, 4 with milk first, 4 named: all right 1/70, three or more 17/70 (Fisher 1935).
		const tea = new FisherTest(8);
		expect(tea.probabilityOfAtLeast(4, 4, 4)).toBeCloseTo(1 / 70, 14);
		expect(tea.probabilityOfAtLeast(3, 4, 4)).toBeCloseTo(17 / 70, 14);
	});

	it('is a probability that falls with every further common basket', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 300 }),
				fc.nat(300),
				fc.nat(300),
				(total, first, second) => {
					const test = new FisherTest(total);
					const inFirst = Math.min(first, total);
					const inSecond = Math.min(second, total);
					let before = 1 + 1e-9;
					for (let together = 0; together <= Math.min(inFirst, inSecond); together++) {
						const p = test.probabilityOfAtLeast(together, inFirst, inSecond);
						expect(p).toBeGreaterThanOrEqual(0);
						expect(p).toBeLessThanOrEqual(before);
						expect(p).toBeCloseTo(test.probabilityOfAtLeast(together, inSecond, inFirst), 9);
						before = p + 1e-12;
					}
				},
			),
		);
	});
});

describe('findRules', () => {
	it('gives support, confidence, lift and p-value as worked out by hand', () => {
		const report = findRules(
			[
				...times(6, ['coffee', 'filter']),
				...times(2, ['coffee']),
				...times(1, ['filter']),
				...times(11, ['tea']),
			],
			settings,
		);
		// 20 baskets: coffee 8, filter 7, both 6. P(6 or 7) = [C(8,6)·C(12,1) + C(8,7)] / C(20,7) = 344/77520
		expect(report.rules).toHaveLength(2);
		expect(report.rules[0]).toEqual({
			product: 'filter',
			goesWith: 'coffee',
			together: 6,
			support: 0.3,
			confidence: expect.closeTo(6 / 7, 12) as number,
			lift: expect.closeTo((6 * 20) / (8 * 7), 12) as number,
			pValue: expect.closeTo(344 / 77520, 12) as number,
		});
		expect(report.rules[1]).toMatchObject({ product: 'coffee', confidence: 0.75 });
		expect(report).toMatchObject({ baskets: 20, products: 3, pairsTested: 3 });
	});

	it('makes no rule of two coincidences, however low a floor is asked for', () => {
		const soap = times(500, ['soap']);
		const anyFloor = { ...settings, minTogether: 1 };
		expect(findRules([...times(2, ['orchid', 'ladder']), ...soap], anyFloor).rules).toEqual([]);
		expect(findRules([...times(3, ['orchid', 'ladder']), ...soap], anyFloor).rules).toHaveLength(2);
	});

	it('makes no rule of products that everybody buys', () => {
		expect(findRules(times(200, ['bag', 'receipt']), settings).rules).toEqual([]);
	});

	it('counts a product once that is on two lines of an order', () => {
		const double = findRules(times(10, ['a', 'a', 'b', 'b']), settings);
		expect(double.rules).toEqual(findRules(times(10, ['a', 'b']), settings).rules);
		expect(double.baskets).toBe(10);
	});

	it('leaves wholesale baskets out and says how many', () => {
		const wholesale = Array.from({ length: LARGEST_BASKET + 1 }, (_, index) => `p${index}`);
		const report = findRules([...times(5, wholesale), ...times(5, ['a', 'b'])], settings);
		expect(report).toMatchObject({ oversizedBaskets: 5, baskets: 5, products: 2 });
	});

	it('does not depend on the order of baskets or products', () => {
		const baskets = shopOf(new Draws(5), 400, 12, 0.5);
		const reversed = [...baskets].reverse().map((basket) => [...basket].reverse());
		expect(findRules(reversed, settings)).toEqual(findRules(baskets, settings));
	});

	it('finds nothing in 19 of 20 shops where products have nothing to do with each other', () => {
		const draws = new Draws(20_260_302);
		let shopsWithRules = 0;
		for (let shop = 0; shop < 400; shop++) {
			if (findRules(shopOf(draws, 300, 15, 0), settings).rules.length > 0) shopsWithRules += 1;
		}
		// At most 5 % (20 shops); 33 is three standard deviations more.
		expect(shopsWithRules).toBeLessThanOrEqual(33);
	});

	it('finds the planted pair, and hardly anything else', () => {
		const draws = new Draws(20_260_303);
		let found = 0;
		let others = 0;
		for (let shop = 0; shop < 100; shop++) {
			const { rules } = findRules(shopOf(draws, 600, 15, 0.6), settings);
			for (const rule of rules) {
				if (rule.product === 'p0' && rule.goesWith === 'p1') found += 1;
				else if (rule.product !== 'p1' || rule.goesWith !== 'p0') others += 1;
			}
		}
		expect(found).toBeGreaterThanOrEqual(99);
		// Both directions count, so twice the false share of the pairs found, with room for chance.
		expect(others).toBeLessThanOrEqual(25);
	});
});

describe('Recommender', () => {
	const { rules } = findRules(
		[
			...times(20, ['coffee', 'filter']),
			...times(10, ['coffee', 'mug']),
			...times(10, ['filter']),
			...times(60, ['tea']),
			...times(5, ['mug']),
		],
		settings,
	);
	const recommender = new Recommender(rules);

	it('names what goes with the products a customer has, the most likely first', () => {
		expect(recommender.recommend(['coffee'], 5)).toEqual([
			{
				product: 'filter',
				because: 'coffee',
				confidence: expect.closeTo(20 / 30, 12) as number,
				lift: expect.closeTo((20 * 105) / (30 * 30), 12) as number,
			},
			{
				product: 'mug',
				because: 'coffee',
				confidence: expect.closeTo(10 / 30, 12) as number,
				lift: expect.closeTo((10 * 105) / (30 * 15), 12) as number,
			},
		]);
		expect(recommender.recommend(['coffee'], 1)).toHaveLength(1);
	});

	it('never names what the customer has', () => {
		expect(recommender.recommend(['coffee', 'filter', 'mug'], 5)).toEqual([]);
		expect(recommender.recommend(['filter', 'mug'], 5).map(({ product }) => product)).toEqual([
			'coffee',
		]);
	});

	it('has nothing to say of unknown products', () => {
		expect(recommender.recommend(['spoon'], 5)).toEqual([]);
	});
});

/** Independent products of falling popularity; p1 is added to a share of the baskets with p0. */
function shopOf(draws: Draws, baskets: number, products: number, planted: number): string[][] {
	return Array.from({ length: baskets }, () => {
		const basket: string[] = [];
		for (let product = 0; product < products; product++) {
			if (draws.uniform() < 0.3 / Math.sqrt(product + 1)) basket.push(`p${product}`);
		}
		if (basket.includes('p0') && !basket.includes('p1') && draws.uniform() < planted) {
			basket.push('p1');
		}
		return basket;
	});
}

function times(count: number, basket: string[]): string[][] {
	return Array.from({ length: count }, () => basket);
}
