/**
 * The numeric assertions of the test suites of other packages (Python lifetimes, pymc-marketing, CLVTools) for the models
 * that are here, with the tolerances of those suites, or tighter ones where the exact value is known.
 */
import {
	expectedPurchases,
	expectedPurchasesOfNewcomer,
	expectedSpend,
	fitGammaGamma,
	fitPurchaseModel,
	logLikelihoodOf,
	mergeRows,
	probabilityAlive,
	probabilityOfCount,
	type PurchaseColumns,
	type PurchaseFit,
	type PurchaseFitOptions,
	type PurchaseModelName,
	type SpendFit,
} from '../../../../engine/insight/model';
import { meanNegativeLogLikelihood } from '../../../../engine/insight/model/likelihood';
import { runAtOnce } from '../../../../engine/insight/pause';
import { describeWithShared } from '../../../support/shared-data.cjs';
import { cdnowColumns, cdnowRounded } from './cdnow';

const FILE = 'churn/data/cdnow_lifetimes_summary_with_zbar.csv';
const PARAMETERS = ['r', 'alpha', 'a', 'b'] as const;

function fit(
	model: PurchaseModelName,
	columns: PurchaseColumns,
	options?: PurchaseFitOptions,
): PurchaseFit {
	return runAtOnce(fitPurchaseModel(model, runAtOnce(mergeRows(columns)), options));
}

function expectWithin(actual: number, expected: number, tolerance: number): void {
	expect(Math.abs(actual - expected)).toBeLessThan(tolerance);
}

describe.each(['bgnbd', 'mbgnbd'] as const)('%s, one customer at a time', (model) => {
	it('the likelihood of two customers is the mean of both', () => {
		const at = { r: Math.E, alpha: Math.E, a: Math.E, b: Math.E };
		const rows = runAtOnce(
			mergeRows({
				x: Float64Array.from([1, 3]),
				tx: Float64Array.from([2, 2]),
				T: Float64Array.from([5, 6]),
			}),
		);
		const joint = meanNegativeLogLikelihood(model, rows);
		const single = [logLikelihoodOf(model, at, 1, 2, 5), logLikelihoodOf(model, at, 3, 2, 6)];
		expectWithin(
			joint(Float64Array.of(1, 1, 1, 1), new Float64Array(4)),
			-(single[0] + single[1]) / 2,
			1e-12,
		);
	});

	it('P(alive) stays within 0 and 1 over the grid', () => {
		const at = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
		for (let x = 0; x < 90; x += 10) {
			for (let tx = 0; tx < 90; tx += 10) {
				for (let T = tx; T < 90; T += 10) {
					const alive = probabilityAlive(model, at, x, tx, T);
					expect(alive >= 0 && alive <= 1).toBe(true);
				}
			}
		}
	});
});

describe('numbers that overflow elsewhere', () => {
	it.each([
		['bgnbd', 0, 0, 40, -0.5994738182],
		['bgnbd', 200, 38, 40, 100.795693093],
		['mbgnbd', 0, 0, 40, -0.417928262045],
		['mbgnbd', 200, 38, 40, 100.786909761],
	] as const)('%s log-likelihood of x %d t_x %d T %d', (model, x, tx, T, exact) => {
		const at = { r: 0.25, alpha: 4, a: 0.8, b: 2.5 };
		expectWithin(logLikelihoodOf(model, at, x, tx, T), exact, 1e-9 * Math.abs(exact) + 1e-10);
	});
});

describe('how many purchases a newcomer makes, as R BTYD has it', () => {
	const at = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
	const cases: ReadonlyArray<readonly [number, number, number, number]> = [
		[2, 10, 1.07869e-7, 1.07868964037e-7],
		[39, 0, 0.5737864, 0.573786352096],
		[30, 11, 0.0019995214, 0.001999521447],
		[30, 12, 0.001517023, 0.00151702363],
		[30, 13, 0.001163315, 0.001163315007],
		[30, 14, 0.0009003148, 0.0009003147896],
		[30, 15, 0.0007023638, 0.0007023637659],
		[30, 16, 0.0005517902, 0.0005517902426],
		[30, 17, 0.0004361913, 0.0004361912809],
		[30, 18, 0.0003467171, 0.0003467171396],
		[30, 19, 0.0002769613, 0.0002769612648],
		[30, 20, 0.000222226, 0.000222226048],
	];
	it.each(cases)('within %d weeks exactly %d', (time, n, theirs, exact) => {
		expectWithin(probabilityOfCount('bgnbd', at, time, n), theirs, 1e-7);
		expectWithin(probabilityOfCount('bgnbd', at, time, n), exact, 1e-9 * exact + 1e-12);
		if (n > 0) expectWithin(probabilityOfCount('mbgnbd', at, time, n), exact, 0.5 * exact + 1e-4);
	});

	it.each(['bgnbd', 'mbgnbd', 'nbd'] as const)(
		'%s: the chances sum to 1 and their mean is the expectation',
		(model) => {
			let total = 0;
			let mean = 0;
			for (let n = 0; n < 150; n++) {
				const chance = probabilityOfCount(model, at, 20, n);
				total += chance;
				mean += n * chance;
			}
			expect(total).toBeCloseTo(1, 9);
			expect(mean).toBeCloseTo(expectedPurchasesOfNewcomer(model, at, 20), 7);
		},
	);
});

describeWithShared(FILE, 'BG/NBD on CDNOW as lifetimes asserts it', () => {
	const columns = cdnowRounded();
	const found = fit('bgnbd', columns);

	it('parameters are those of the paper', () => {
		[0.243, 4.414, 0.793, 2.426].forEach((value, i) =>
			expectWithin(found[PARAMETERS[i]], value, 0.015),
		);
		[0.24259291, 4.41353156, 0.79288615, 2.42575344].forEach((value, i) =>
			expectWithin(found[PARAMETERS[i]], value, 1e-6),
		);
	});

	it('the conditional expectation is that of the paper', () => {
		const expected = expectedPurchases('bgnbd', found, 2, 30.43, 38.86, 39);
		expectWithin(expected, 1.226, 0.001);
		expectWithin(expected, 1.22591045212, 1e-6);
	});

	it.each([
		[0.1429, 0.0078, 0.0078160721],
		[1, 0.0532, 0.053184741],
		[3, 0.1506, 0.15063193],
		[31.8571, 1.0405, 1.0404943],
		[32, 1.0437, 1.0437372],
		[78, 1.8576, 1.8579718],
	])('a newcomer buys, within %d weeks, %d times', (time, theirs, exact) => {
		const expected = expectedPurchasesOfNewcomer('bgnbd', found, time);
		expectWithin(expected, theirs, 1.5e-3);
		expectWithin(expected, exact, 1e-6);
	});

	it('a one-time buyer is alive for certain, which is why P(alive) is no risk', () => {
		expect(probabilityAlive('bgnbd', found, 0, 1, 1)).toBe(1);
		expect(probabilityAlive('bgnbd', found, 0, 0, 300)).toBe(1);
	});

	it('a thousand purchases and a long silence are gone, without an error', () => {
		expect(probabilityAlive('bgnbd', found, 1000, 10, 100)).toBe(0);
	});

	it('a stronger penalizer shrinks every parameter', () => {
		const fits = [0, 0.1, 10].map((penalizer) => fit('bgnbd', columns, { penalizer }));
		for (const key of PARAMETERS) {
			expect(fits[1][key]).toBeLessThan(fits[0][key]);
			expect(fits[2][key]).toBeLessThan(fits[1][key]);
		}
	});

	it('tenfold times give the same P(alive)', () => {
		const tenfold = fit('bgnbd', {
			x: columns.x,
			tx: columns.tx.map((t) => t * 10),
			T: columns.T.map((t) => t * 10),
		});
		for (const [x, tx, T] of [
			[1, 1, 2],
			[1, 2, 10],
		]) {
			expectWithin(
				probabilityAlive('bgnbd', tenfold, x, tx * 10, T * 10),
				probabilityAlive('bgnbd', found, x, tx, T),
				1e-6,
			);
		}
	});

	it('rows grouped with weights give the same parameters', () => {
		const groups = new Map<string, number[]>();
		columns.x.forEach((x, i) => {
			const key = [x, columns.tx[i], columns.T[i]].join();
			const group = groups.get(key);
			if (group === undefined) groups.set(key, [x, columns.tx[i], columns.T[i], 1]);
			else group[3]++;
		});
		const rows = [...groups.values()];
		const grouped = fit('bgnbd', {
			x: Float64Array.from(rows, (row) => row[0]),
			tx: Float64Array.from(rows, (row) => row[1]),
			T: Float64Array.from(rows, (row) => row[2]),
			weight: Float64Array.from(rows, (row) => row[3]),
		});
		expect(rows.length).toBeLessThan(columns.x.length);
		for (const key of PARAMETERS) expectWithin(grouped[key], found[key], 1e-6);
	});

	it('a fit stored as JSON predicts the same', () => {
		const stored = JSON.parse(JSON.stringify(found)) as PurchaseFit;
		expect(stored).toEqual(found);
		expect(expectedPurchases('bgnbd', stored, 1, 2, 5, 1)).toBe(
			expectedPurchases('bgnbd', found, 1, 2, 5, 1),
		);
	});

	it('converges to the likelihood that CLVTools asserts on the exact data', () => {
		const exact = fit('bgnbd', cdnowColumns(), { start: { r: 1, alpha: 3, a: 1, b: 3 } });
		[0.24259452, 4.41360202, 0.79292202, 2.42590678].forEach((value, i) =>
			expectWithin(exact[PARAMETERS[i]], value, 1e-6),
		);
		expectWithin(exact.logLikelihood, -9582.42920667, 1e-6);
	});
});

describeWithShared(FILE, 'MBG/NBD on CDNOW as lifetimes asserts it', () => {
	const columns = cdnowRounded();
	const found = fit('mbgnbd', columns);

	it('parameters are those of BTYDplus', () => {
		[0.525, 6.183, 0.891, 1.614].forEach((value, i) =>
			expectWithin(found[PARAMETERS[i]], value, 1.5e-3),
		);
		[0.52483798, 6.18299202, 0.89135616, 1.61399933].forEach((value, i) =>
			expectWithin(found[PARAMETERS[i]], value, 1e-6),
		);
	});

	it('the conditional expectation is close to that of BG/NBD', () => {
		const expected = expectedPurchases('mbgnbd', found, 2, 30.43, 38.86, 39);
		expectWithin(expected, 1.226, 0.05);
		expectWithin(expected, 1.262670789, 1e-6);
	});

	it.each([
		[0.1429, 0.0078, 0.0077796],
		[1, 0.0532, 0.0530606],
		[3, 0.1506, 0.150793],
		[31.8571, 1.0405, 1.03347],
		[32, 1.0437, 1.03661],
		[78, 1.8576, 1.80364],
	])('a newcomer buys, within %d weeks, %d times', (time, theirs, exact) => {
		const expected = expectedPurchasesOfNewcomer('mbgnbd', found, time);
		expectWithin(expected, theirs, 0.05 * theirs);
		expectWithin(expected, exact, 1e-5);
	});

	it('a one-time buyer may have left', () => {
		expectWithin(probabilityAlive('mbgnbd', found, 0, 1, 1), 0.64421969, 1e-6);
	});

	it('a stronger penalizer shrinks the sum of the parameters', () => {
		const sums = [0, 0.1, 1].map((penalizer) => {
			const shrunk = fit('mbgnbd', columns, { penalizer });
			return PARAMETERS.reduce((sum, key) => sum + shrunk[key], 0);
		});
		expect(sums[1]).toBeLessThan(sums[0]);
		expect(sums[2]).toBeLessThan(sums[1]);
	});

	it('days and hours give the same expected purchases', () => {
		const inUnit = (perWeek: number) =>
			fit('mbgnbd', {
				x: columns.x,
				tx: columns.tx.map((t) => t * perWeek),
				T: columns.T.map((t) => t * perWeek),
			});
		const days = expectedPurchases('mbgnbd', inUnit(7), 3, 100, 150, 30);
		const hours = expectedPurchases('mbgnbd', inUnit(168), 3, 2400, 3600, 720);
		expectWithin(days, hours, 1.5e-7);
	});
});

describeWithShared(FILE, 'Gamma-Gamma on CDNOW as lifetimes asserts it', () => {
	const columns = cdnowRounded();
	const found = runAtOnce(fitGammaGamma(columns.x, columns.mean)) as SpendFit;

	it('parameters are those of the paper', () => {
		expectWithin(found.p, 6.25, 0.015);
		expectWithin(found.q, 3.74, 0.015);
		expectWithin(found.gamma, 15.44, 0.015);
		expectWithin(found.p, 6.24880249, 1e-5);
		expectWithin(found.q, 3.74458845, 1e-5);
		expectWithin(found.gamma, 15.44774801, 1e-4);
	});

	it('the first ten customers are expected to spend what the paper says', () => {
		const at = { p: 6.25, q: 3.74, gamma: 15.44 };
		const theirs = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
		const exact = [
			24.663714, 18.916852, 35.218978, 35.218978, 35.218978, 71.469671, 18.916852, 35.218978,
			27.288386, 35.218978,
		];
		theirs.forEach((value, i) => {
			const spend = expectedSpend(at, columns.x[i], columns.mean[i]);
			expectWithin(spend, value, 0.15);
			expectWithin(spend, exact[i], 1e-6);
		});
	});

	it('rows with weights give the same parameters', () => {
		const weighted = runAtOnce(
			fitGammaGamma(columns.x, columns.mean, { weight: columns.x.map(() => 3) }),
		) as SpendFit;
		expectWithin(weighted.p, found.p, 1e-5);
		expectWithin(weighted.q, found.q, 1e-5);
		expectWithin(weighted.gamma, found.gamma, 1e-4);
	});
});
