import {
	liftStatement,
	measureLift,
	type CampaignCustomer,
	type LiftMeasure,
} from '../../../../engine/insight/lift';
import {
	differenceOfMeans,
	differenceOfProportions,
} from '../../../../engine/insight/lift/interval';
import { studentQuantile } from '../../../../engine/insight/lift/quantile';
import { Draws } from '../draws';

describe('differenceOfProportions', () => {
	/** Newcombe 1998, Statistics in Medicine 17:873, table II, method 10. */
	it.each([
		[56, 70, 48, 80, 0.0524, 0.3339],
		[9, 10, 3, 10, 0.1705, 0.809],
		[6, 7, 2, 7, 0.0582, 0.8062],
		[5, 56, 0, 29, -0.0381, 0.1926],
		[0, 10, 0, 20, -0.1611, 0.2775],
		[0, 10, 0, 10, -0.2775, 0.2775],
		[10, 10, 0, 20, 0.6791, 1],
		[10, 10, 0, 10, 0.6075, 1],
	])('gives the published interval of %d/%d − %d/%d', (first, of, second, ofSecond, low, high) => {
		const interval = differenceOfProportions(
			{ count: first, of },
			{ count: second, of: ofSecond },
			0.95,
		);
		expect(interval.low).toBeCloseTo(low, 4);
		expect(interval.high).toBeCloseTo(high, 4);
	});
});

describe('differenceOfMeans', () => {
	it('gives the interval worked out by hand', () => {
		// se² = 4/20 + 9/30 = 0.5, df = 0.25 / (0.04/19 + 0.09/29) = 48.0, t = 2.0106, margin 1.4217
		const interval = differenceOfMeans(
			{ size: 20, mean: 10, variance: 4 },
			{ size: 30, mean: 8, variance: 9 },
			0.95,
		);
		expect(interval.difference).toBe(2);
		expect(interval.low).toBeCloseTo(0.5783, 3);
		expect(interval.high).toBeCloseTo(3.4217, 3);
	});
});

describe('studentQuantile', () => {
	it.each([
		[0.95, 10, 2.2281389],
		[0.95, 30, 2.0422725],
		[0.95, 120, 1.9799304],
		[0.9, 30, 1.6972609],
		[0.99, 30, 2.7499957],
	] as const)(
		'is the table value at confidence %d with %d degrees of freedom',
		(level, df, table) => {
			expect(Math.abs(studentQuantile(level, df) - table)).toBeLessThan(df < 30 ? 1e-4 : 1e-6);
		},
	);
});

describe('measureLift', () => {
	it('compares the groups as worked out by hand', () => {
		const report = measureLift(
			[
				...customers('treated', 30, 2, 40),
				...customers('treated', 70, 0, 0),
				...customers('holdout', 20, 1, 20),
				...customers('holdout', 80, 0, 0),
			],
			{ confidence: 0.95 },
		);
		expect(report.treated).toEqual({
			customers: 100,
			buyers: 30,
			repeatRate: 0.3,
			ordersPerCustomer: expect.closeTo(0.6, 12) as number,
			revenuePerCustomer: expect.closeTo(12, 12) as number,
		});
		// Wilson: 0.2189…0.3959 and 0.1333…0.2888
		expect(report.repeatRate.interval).toEqual({
			difference: expect.closeTo(0.1, 12) as number,
			low: expect.closeTo(0.1 - Math.hypot(0.3 - 0.21895, 0.28883 - 0.2), 4) as number,
			high: expect.closeTo(0.1 + Math.hypot(0.39585 - 0.3, 0.2 - 0.13337), 4) as number,
		});
		// variances 100/99·4·0.21 = 0.84848 and 100/99·0.16 = 0.16162; se 0.10050; df 135.5; t 1.97757
		expect(report.ordersPerCustomer.interval?.low).toBeCloseTo(0.4 - 0.19875, 4);
		expect(report.ordersPerCustomer.verdict).toBe('higher');
		expect(report.revenuePerCustomer.interval?.difference).toBeCloseTo(8, 10);
		expect(report.repeatRate.verdict).toBe('no difference shown');
	});

	it('says "not enough data" for small groups and gives no difference', () => {
		const report = measureLift(
			[...customers('treated', 500, 1, 10), ...customers('holdout', 49, 1, 10)],
			{ confidence: 0.95 },
		);
		for (const measure of [
			report.repeatRate,
			report.ordersPerCustomer,
			report.revenuePerCustomer,
		]) {
			expect(measure).toEqual({ verdict: 'not enough data', interval: null, visibleFrom: null });
		}
		expect(report.warnings[0]).toContain('49 held-out customers');
	});

	it('judges the repeat rate alone when hardly anybody bought', () => {
		const report = measureLift(
			[
				...customers('treated', 9, 1, 10),
				...customers('treated', 191, 0, 0),
				...customers('holdout', 200, 0, 0),
			],
			{ confidence: 0.95 },
		);
		expect(report.repeatRate.verdict).toBe('higher');
		expect(report.revenuePerCustomer.verdict).toBe('not enough data');
		expect(report.warnings[0]).toContain('10 buyers');
	});

	it('is not enough data, not a fault, when there is nobody', () => {
		expect(measureLift([], { confidence: 0.95 }).repeatRate.verdict).toBe('not enough data');
	});

	it('finds that a group has lost customers', () => {
		const lists = [...customers('treated', 900, 1, 10), ...customers('holdout', 60, 1, 10)];
		expect(
			measureLift(lists, { confidence: 0.95, plannedHoldoutShare: 0.1 }).warnings[0],
		).toContain('about 96 were planned');
		expect(measureLift(lists, { confidence: 0.95, plannedHoldoutShare: 0.06 }).warnings).toEqual(
			[],
		);
	});

	it('warns when single orders decide the revenue', () => {
		const report = measureLift(
			[
				...customers('treated', 500, 1, 10),
				...customers('holdout', 59, 1, 10),
				...customers('holdout', 1, 1, 9000),
			],
			{ confidence: 0.95 },
		);
		expect(report.warnings[0]).toContain('very large orders');
	});
});

describe('liftStatement', () => {
	const few = measureLift(customers('treated', 5, 1, 10), { confidence: 0.95 });
	const some = measureLift(
		[
			...customers('treated', 60, 1, 20),
			...customers('treated', 140, 0, 0),
			...customers('holdout', 20, 1, 20),
			...customers('holdout', 180, 0, 0),
		],
		{ confidence: 0.95 },
	);

	it('says how large a difference is, and how sure', () => {
		expect(liftStatement(some, 'repeatRate')).toMatchInlineSnapshot(
			`"The share of customers who ordered is higher with the campaign: 30.0 % with the campaign, 10.0 % without. The true difference is likely between 12.3 points and 27.5 points."`,
		);
		expect(liftStatement(some, 'revenuePerCustomer')).toMatch(
			/6\.00 with the campaign, 2\.00 without/,
		);
	});

	it('claims nothing where nothing is shown', () => {
		const equal = measureLift(
			[...customers('treated', 100, 1, 20), ...customers('holdout', 100, 1, 20)],
			{ confidence: 0.95 },
		);
		expect(liftStatement(equal, 'ordersPerCustomer')).toContain('shows no difference');
		expect(liftStatement(few, 'ordersPerCustomer')).toMatchInlineSnapshot(
			`"The number of orders per customer cannot be compared yet: not enough data."`,
		);
	});
});

describe('the intervals of measureLift hold the truth 95 times in 100', () => {
	it.each([
		{ name: 'even halves', treated: 300, holdout: 300, meanOrders: [0.6, 0.5], sigma: 0.6 },
		{ name: 'a fifth held out', treated: 800, holdout: 200, meanOrders: [0.5, 0.4], sigma: 0.6 },
		{ name: 'no effect at all', treated: 400, holdout: 400, meanOrders: [0.4, 0.4], sigma: 0.6 },
		{ name: 'the smallest groups', treated: 60, holdout: 60, meanOrders: [0.8, 0.6], sigma: 0.4 },
	])('in 2,000 simulated campaigns with $name', ({ treated, holdout, meanOrders, sigma }) => {
		const draws = new Draws(20_260_301);
		const meanSpend = 40;
		const truth = {
			repeatRate: buyingShare(meanOrders[0]) - buyingShare(meanOrders[1]),
			ordersPerCustomer: meanOrders[0] - meanOrders[1],
			revenuePerCustomer: (meanOrders[0] - meanOrders[1]) * meanSpend,
		};
		const held = { repeatRate: 0, ordersPerCustomer: 0, revenuePerCustomer: 0 };
		const judged = { repeatRate: 0, ordersPerCustomer: 0, revenuePerCustomer: 0 };
		for (let run = 0; run < 2_000; run++) {
			const report = measureLift(
				[
					...simulate(draws, 'treated', treated, meanOrders[0], meanSpend, sigma),
					...simulate(draws, 'holdout', holdout, meanOrders[1], meanSpend, sigma),
				],
				{ confidence: 0.95 },
			);
			for (const name of ['repeatRate', 'ordersPerCustomer', 'revenuePerCustomer'] as const) {
				const measure: LiftMeasure = report[name];
				if (measure.interval === null) continue;
				judged[name] += 1;
				const { low, high } = measure.interval;
				if (low <= truth[name] && truth[name] <= high) held[name] += 1;
			}
		}
		for (const name of ['repeatRate', 'ordersPerCustomer', 'revenuePerCustomer'] as const) {
			const coverage = held[name] / judged[name];
			expect({ name, within: Math.abs(coverage - 0.95) <= 0.015, coverage }).toMatchObject({
				name,
				within: true,
			});
			expect(judged[name]).toBeGreaterThan(1_990);
		}
	});
});

/** Share of buyers when rates are exponential over customers and orders are Poisson: NBD with r = 1. */
function buyingShare(meanOrders: number): number {
	return meanOrders / (1 + meanOrders);
}

function simulate(
	draws: Draws,
	group: CampaignCustomer['group'],
	count: number,
	meanOrders: number,
	meanSpend: number,
	sigma: number,
): CampaignCustomer[] {
	return Array.from({ length: count }, () => {
		const orders = draws.poisson(draws.exponential(meanOrders));
		let revenue = 0;
		for (let order = 0; order < orders; order++) revenue += draws.logNormal(meanSpend, sigma);
		return { group, orders, revenue };
	});
}

function customers(
	group: CampaignCustomer['group'],
	count: number,
	orders: number,
	revenue: number,
): CampaignCustomer[] {
	return Array.from({ length: count }, () => ({ group, orders, revenue }));
}
