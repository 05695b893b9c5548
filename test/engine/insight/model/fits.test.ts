import * as fc from 'fast-check';
import {
	expectedPurchases,
	fitGammaGamma,
	fitPurchaseModel,
	logLikelihoodOf,
	mergeRows,
	nobodyLeaves,
	probabilityActive,
	probabilityAlive,
	type PurchaseColumns,
	type PurchaseFit,
	type PurchaseFitOptions,
	type PurchaseModelName,
} from '../../../../engine/insight/model';
import { meanNegativeLogLikelihood } from '../../../../engine/insight/model/likelihood';
import { runAtOnce, runWithPauses } from '../../../../engine/insight/pause';
import { describeWithShared } from '../../../support/shared-data.cjs';
import { cdnowColumns } from './cdnow';
import { simulatedShop } from '../simulated-shop';

function fit(
	model: PurchaseModelName,
	columns: PurchaseColumns,
	options?: PurchaseFitOptions,
): PurchaseFit {
	return runAtOnce(fitPurchaseModel(model, runAtOnce(mergeRows(columns)), options));
}

/** Equal to six significant digits. */
function expectSixDigits(actual: number, expected: number): void {
	expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-6);
}

const PUBLISHED = {
	bgnbd: [0.242594522, 4.413602019, 0.792922017, 2.425906777, -9582.429207],
	mbgnbd: [0.524843159, 6.18308528, 0.891359391, 1.61400224, -9582.135716],
} as const;

describeWithShared('churn/data/cdnow_sample_cbs.csv', 'maximum likelihood on CDNOW', () => {
	const columns = cdnowColumns();
	const starts = [
		undefined,
		{ r: 1, alpha: 3, a: 1, b: 3 },
		{ r: 1, alpha: 1, a: 1, b: 1 },
		{ r: 0.01, alpha: 0.1, a: 0.01, b: 0.1 },
		{ r: 10, alpha: 100, a: 10, b: 100 },
		{ r: 0.1, alpha: 50, a: 5, b: 0.5 },
		{ r: 5, alpha: 1, a: 0.05, b: 20 },
	];
	for (const model of ['bgnbd', 'mbgnbd'] as const) {
		it.each(starts)(`${model} is the published fit, begun at %j`, (start) => {
			const [r, alpha, a, b, logLikelihood] = PUBLISHED[model];
			const found = fit(model, columns, { start });
			expect(found.converged).toBe(true);
			expectSixDigits(found.r, r);
			expectSixDigits(found.alpha, alpha);
			expectSixDigits(found.a, a);
			expectSixDigits(found.b, b);
			expect(Math.abs(found.logLikelihood - logLikelihood)).toBeLessThan(1e-6);
		});
	}

	it('nbd is the published fit', () => {
		const found = fit('nbd', columns);
		expect(found.r).toBeCloseTo(0.384766, 6);
		expect(found.alpha).toBeCloseTo(12.072023, 6);
		expect(Math.abs(found.logLikelihood + 9763.657615)).toBeLessThan(1e-6);
		expect(found.a).toBeNaN();
		expect(nobodyLeaves(fit('bgnbd', columns), found)).toBe(false);
	});

	it.each([undefined, { p: 1, q: 2, gamma: 1 }, { p: 20, q: 20, gamma: 100 }])(
		'Gamma-Gamma is the published fit, begun at %j',
		(start) => {
			const found = runAtOnce(fitGammaGamma(columns.x, columns.mean, { start }));
			expectSixDigits(found?.p ?? 0, 6.249572);
			expectSixDigits(found?.q ?? 0, 3.744225);
			expectSixDigits(found?.gamma ?? 0, 15.443521);
			expect(Math.abs((found?.logLikelihood ?? 0) + 4055.917695)).toBeLessThan(1e-6);
			expect(found?.customers).toBe(946);
		},
	);

	it.each([1, 7, 1 / 24])('the time unit does not matter (1 week = %d units)', (perWeek) => {
		const weeks = fit('mbgnbd', columns);
		const other = fit('mbgnbd', {
			x: columns.x,
			tx: columns.tx.map((t) => t * perWeek),
			T: columns.T.map((t) => t * perWeek),
		});
		expectSixDigits(other.r, weeks.r);
		expectSixDigits(other.alpha, weeks.alpha * perWeek);
		expectSixDigits(other.a, weeks.a);
		expectSixDigits(other.b, weeks.b);
		const active = (found: PurchaseFit, scale: number) =>
			probabilityActive('mbgnbd', found, 2, 5 * scale, 30 * scale, 13 * scale);
		expect(active(other, perWeek)).toBeCloseTo(active(weeks, 1), 9);
	});

	it('a customer given twice is the same as one with weight 2', () => {
		const twice = (column: Float64Array) => Float64Array.from([...column, ...column]);
		const doubled = fit('mbgnbd', {
			x: twice(columns.x),
			tx: twice(columns.tx),
			T: twice(columns.T),
		});
		const weighted = fit('mbgnbd', { ...columns, weight: columns.x.map(() => 2) });
		const once = fit('mbgnbd', columns);
		for (const key of ['r', 'alpha', 'a', 'b'] as const) {
			expectSixDigits(doubled[key], once[key]);
			expectSixDigits(weighted[key], once[key]);
		}
		expect(doubled.logLikelihood).toBeCloseTo(2 * once.logLikelihood, 6);
		expect(weighted.logLikelihood).toBeCloseTo(2 * once.logLikelihood, 6);
	});
});

describeWithShared(
	'churn/data/synthetic_exact_10000.csv',
	'on draws from BG/NBD itself',
	(rows) => {
		const column = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
		const columns = { x: column('x'), tx: column('t_x'), T: column('T') };
		const alive = column('alive');

		it('the fit is the known maximum, close to the parameters drawn from', () => {
			const found = fit('bgnbd', columns);
			expect(found.r).toBeCloseTo(0.24176, 5);
			expect(found.alpha).toBeCloseTo(4.56299, 5);
			expect(found.a).toBeCloseTo(0.83686, 5);
			expect(found.b).toBeCloseTo(2.45976, 5);
		});

		it('of customers said to be alive with 70 %, about 70 % are', () => {
			const found = fit('bgnbd', columns);
			const said = columns.x.map((x, i) =>
				probabilityAlive('bgnbd', found, x, columns.tx[i], columns.T[i]),
			);
			for (let tenth = 0; tenth < 10; tenth++) {
				const inTenth = [...said.keys()].filter(
					(i) => columns.x[i] > 0 && Math.min(9, Math.floor(said[i] * 10)) === tenth,
				);
				const share = (of: Float64Array) =>
					inTenth.reduce((sum, i) => sum + of[i], 0) / inTenth.length;
				const spread = Math.sqrt((share(said) * (1 - share(said))) / inTenth.length);
				expect(inTenth.length).toBeGreaterThan(30);
				expect(Math.abs(share(alive) - share(said))).toBeLessThan(3.5 * spread);
			}
		});
	},
);

describe('a shop where nobody leaves', () => {
	it('is found out, whichever model is asked', () => {
		const columns = simulatedShop({ customers: 1500, r: 1.2, alpha: 6, leaving: null, seed: 7 });
		const without = fit('nbd', columns);
		expect(nobodyLeaves(fit('bgnbd', columns), without)).toBe(true);
		expect(nobodyLeaves(fit('mbgnbd', columns), without)).toBe(true);
	});

	it('is not seen where customers do leave', () => {
		const columns = simulatedShop({
			customers: 1500,
			r: 1.2,
			alpha: 6,
			leaving: { a: 0.5, b: 3 },
			seed: 7,
		});
		const without = fit('nbd', columns);
		expect(nobodyLeaves(fit('bgnbd', columns), without)).toBe(false);
		expect(nobodyLeaves(fit('mbgnbd', columns), without)).toBe(false);
	});
});

describe('a shop with more different customers than are fitted at once', () => {
	it('has the same maximum from any start', () => {
		const columns = simulatedShop({
			customers: 40_000,
			r: 0.9,
			alpha: 8,
			leaving: { a: 0.7, b: 3 },
			seed: 12,
		});
		expect(runAtOnce(mergeRows(columns)).count).toBeGreaterThan(15_000);
		const found = fit('bgnbd', columns);
		const other = fit('bgnbd', columns, { start: { r: 4, alpha: 2, a: 0.1, b: 9 } });
		for (const key of ['r', 'alpha', 'a', 'b'] as const) expectSixDigits(other[key], found[key]);
		expect(found.converged && other.converged).toBe(true);
		expect(Math.abs(found.r / 0.9 - 1)).toBeLessThan(0.05);
		expect(Math.abs(found.alpha / 8 - 1)).toBeLessThan(0.05);
		expect(Math.abs(found.a / (found.a + found.b) / (0.7 / 3.7) - 1)).toBeLessThan(0.05);
	});
});

describe('the likelihood', () => {
	const positive = (min: number, max: number) =>
		fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
	const parameters = fc.record({
		r: positive(0.02, 20),
		alpha: positive(0.05, 200),
		a: positive(1e-3, 50),
		b: positive(1e-2, 500),
	});
	const customer = fc
		.record({
			x: fc.integer({ min: 0, max: 90 }),
			age: positive(0.01, 300),
			last: fc.double({ min: 0, max: 1, noNaN: true }),
		})
		.map(({ x, age, last }) => ({ x, T: age, tx: x === 0 ? 0 : age * last }));
	const shop = fc.array(customer, { minLength: 1, maxLength: 12 });
	const columnsOf = (customers: ReadonlyArray<{ x: number; tx: number; T: number }>) => ({
		x: Float64Array.from(customers, ({ x }) => x),
		tx: Float64Array.from(customers, ({ tx }) => tx),
		T: Float64Array.from(customers, ({ T }) => T),
	});
	const model = fc.constantFrom<PurchaseModelName>('mbgnbd', 'bgnbd', 'nbd');

	it('over merged rows is the mean of the customers', () => {
		fc.assert(
			fc.property(model, parameters, shop, (name, at, customers) => {
				const rows = runAtOnce(mergeRows(columnsOf([...customers, customers[0]])));
				const logs = Float64Array.from([at.r, at.alpha, at.a, at.b], Math.log);
				const merged = -meanNegativeLogLikelihood(name, rows)(logs, new Float64Array(4));
				const single = [...customers, customers[0]].map(({ x, tx, T }) =>
					logLikelihoodOf(name, at, x, tx, T),
				);
				const mean = single.reduce((sum, value) => sum + value, 0) / single.length;
				expect(merged).toBeCloseTo(mean, 8);
			}),
		);
	});

	it('has the gradient that its differences show', () => {
		fc.assert(
			fc.property(model, parameters, shop, (name, at, customers) => {
				const rows = runAtOnce(mergeRows(columnsOf(customers)));
				const value = meanNegativeLogLikelihood(name, rows);
				const logs = Float64Array.from([at.r, at.alpha, at.a, at.b], Math.log);
				const gradient = new Float64Array(4);
				value(logs, gradient);
				for (let i = 0; i < (name === 'nbd' ? 2 : 4); i++) {
					const at = (by: number) =>
						value(
							logs.map((log, k) => (k === i ? log + by : log)),
							new Float64Array(4),
						);
					const difference = (at(1e-5) - at(-1e-5)) / 2e-5;
					expect(Math.abs(difference - gradient[i])).toBeLessThan(
						1e-5 * (1 + Math.abs(gradient[i])),
					);
				}
			}),
		);
	});

	it('does not rise on rounding where b is huge', () => {
		const columns = columnsOf([
			{ x: 0, tx: 0, T: 30 },
			{ x: 3, tx: 20, T: 25 },
			{ x: 40, tx: 28, T: 30 },
		]);
		const value = meanNegativeLogLikelihood('bgnbd', runAtOnce(mergeRows(columns)));
		const at = (b: number) =>
			value(Float64Array.from([0.5, 5, 0.2, b], Math.log), new Float64Array(4));
		const limit = at(1e14);
		for (const b of [1e8, 1e9, 1e10, 1e11, 1e12])
			expect(Math.abs(at(b) - limit)).toBeLessThan(1e-6);
	});

	it('gives probabilities within 0 and 1, and less hope the longer the silence', () => {
		const closed = fc.constantFrom<PurchaseModelName>('mbgnbd', 'bgnbd');
		fc.assert(
			fc.property(closed, parameters, customer, positive(0.1, 200), (name, at, one, time) => {
				const { x, tx, T } = one;
				const alive = probabilityAlive(name, at, x, tx, T);
				const active = probabilityActive(name, at, x, tx, T, time);
				expect(alive).toBeGreaterThanOrEqual(0);
				expect(alive).toBeLessThanOrEqual(1);
				expect(active).toBeGreaterThanOrEqual(0);
				expect(active).toBeLessThanOrEqual(alive);
				expect(expectedPurchases(name, at, x, tx, T, time)).toBeGreaterThanOrEqual(
					active * (1 - 1e-12),
				);
				expect(probabilityActive(name, at, x, tx, T + 1, time)).toBeLessThanOrEqual(
					active * (1 + 1e-12),
				);
			}),
		);
	});
});

describe('a long fit', () => {
	const columns = simulatedShop({
		customers: 300,
		r: 1,
		alpha: 5,
		leaving: { a: 1, b: 3 },
		seed: 1,
	});

	it('lets the host have its turn and gives the same result', async () => {
		let turns = 0;
		const rows = runAtOnce(mergeRows(columns));
		const paused = await runWithPauses(fitPurchaseModel('mbgnbd', rows), {
			yieldNow: async () => {
				turns++;
			},
			isCancelled: () => false,
		});
		expect(paused).toEqual(fit('mbgnbd', columns));
		expect(turns).toBeGreaterThan(5);
	});

	it('ends when cancelled', async () => {
		let turns = 0;
		const rows = runAtOnce(mergeRows(columns));
		const paused = await runWithPauses(fitPurchaseModel('mbgnbd', rows), {
			yieldNow: async () => {
				turns++;
			},
			isCancelled: () => turns >= 3,
		});
		expect(paused).toBeNull();
		expect(turns).toBe(3);
	});
});
