import { estimateValue, type ValueOptions } from '../../../../engine/insight/value';
import { correlation, rankCorrelation } from '../../../../engine/insight/value/correlation';
import { discountedExpectation } from '../../../../engine/insight/value/discounted-value';
import {
	expectedPurchases,
	expectedSpend,
	fitPurchaseModel,
	mergeRows,
} from '../../../../engine/insight/model';
import { civilDayOf, summariseOrders, viewAsOf } from '../../../../engine/insight/purchase';
import { runAtOnce } from '../../../../engine/insight/pause';
import type { CustomerSummaries, Order, ValueReport } from '../../../../engine/insight/types';
import { describeWithShared } from '../../../support/shared-data.cjs';
import { simulatedOrders } from '../simulated-shop';

const AS_OF_DAY = 20_000;
const DAY_MS = 86_400_000;

function summarise(orders: Order[], asOf: string | number = AS_OF_DAY * DAY_MS): CustomerSummaries {
	const result = summariseOrders(orders, { zone: 'UTC', asOf });
	if (!result.ok) throw new Error(result.reason.message);
	return result.value;
}

async function estimate(
	summaries: CustomerSummaries,
	options?: ValueOptions,
): Promise<ValueReport> {
	const result = await estimateValue(summaries, options);
	if (!result.ok) throw new Error(result.reason.message);
	return result.value;
}

const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);

describe('the value of a shop that follows the models', () => {
	const orders = simulatedOrders({
		customers: 1200,
		days: 500,
		r: 0.9,
		alpha: 40,
		leaving: { a: 0.8, b: 3 },
		asOfDay: AS_OF_DAY + 120,
		seed: 21,
	});
	const summaries = summarise(orders);

	it('is close to what customers spend in the time after', async () => {
		const report = await estimate(summaries, { horizonDays: 120, yearlyDiscount: 0 });
		let spent = 0;
		let transactions = 0;
		const later = viewAsOf(
			summarise(orders, (AS_OF_DAY + 120) * DAY_MS),
			AS_OF_DAY,
			AS_OF_DAY + 120,
		);
		later?.later.forEach((count) => {
			transactions += count;
		});
		const known = new Set(summaries.customer);
		for (const { customer, date, amount } of orders) {
			const day = date / DAY_MS;
			if (known.has(customer) && day > AS_OF_DAY) spent += amount;
		}
		expect(transactions).toBeGreaterThan(500);
		expect(Math.abs(sum(report.expectedOrders) / transactions - 1)).toBeLessThan(0.12);
		expect(Math.abs(report.card.totalValue / spent - 1)).toBeLessThan(0.15);
		expect(report.card.spendModel).toBe('gammaGamma');
		expect(report.card.independent).toBe(true);
	});

	it('is orders times spend, and discounting lowers it', async () => {
		const plain = await estimate(summaries, { yearlyDiscount: 0 });
		const discounted = await estimate(summaries, { yearlyDiscount: 0.1 });
		for (let i = 0; i < plain.count; i += 17) {
			expect(plain.value[i]).toBeCloseTo(plain.expectedOrders[i] * plain.expectedSpend[i], 6);
			expect(discounted.value[i]).toBeLessThanOrEqual(plain.value[i]);
			expect(discounted.value[i]).toBeGreaterThan(plain.value[i] / 1.1);
		}
	});

	it('the totals of the card are those of the columns', async () => {
		const { card, value, expectedOrders } = await estimate(summaries);
		const top = [...value]
			.sort((left, right) => right - left)
			.slice(0, Math.ceil(value.length / 10));
		expect(card.totalValue).toBeCloseTo(sum(value), 6);
		expect(card.totalExpectedOrders).toBeCloseTo(sum(expectedOrders), 6);
		expect(card.topTenthShare).toBeCloseTo(top.reduce((a, b) => a + b, 0) / sum(value), 9);
		expect(card.summary).toContain(`${summaries.count} customers`);
	});

	it('can be cancelled', async () => {
		const result = await estimateValue(summaries, {
			pause: { yieldNow: async () => undefined, isCancelled: () => true },
		});
		expect(result).toMatchObject({ ok: false, reason: { code: 'cancelled' } });
	});
});

describe('spend that does not fit the model', () => {
	const orders = simulatedOrders({
		customers: 600,
		days: 500,
		r: 0.9,
		alpha: 40,
		leaving: { a: 0.8, b: 3 },
		asOfDay: AS_OF_DAY,
		seed: 4,
	});

	it('frequent buyers who spend more are reported as a broken assumption', async () => {
		const count = new Map<string, number>();
		for (const { customer } of orders) count.set(customer, (count.get(customer) ?? 0) + 1);
		const dependent = orders.map((order, i) => ({
			...order,
			amount: (count.get(order.customer) ?? 1) * (10 + (i % 5)),
		}));
		const { card } = await estimate(summarise(dependent));
		expect(card.independent).toBe(false);
		expect(card.correlation).toBeGreaterThan(0.8);
		expect(card.warnings.map(({ code }) => code)).toContain('spend_depends_on_frequency');
		expect(card.summary).toContain('Spend depends on how often');
	});

	it('a shop of free samples falls back to the means, by name', async () => {
		const report = await estimate(summarise(orders.map((order) => ({ ...order, amount: 0 }))));
		expect(report.card.spendModel).toBe('ownMean');
		expect(report.card.fallbackReason).toContain('too few for a spend model');
		expect(report.card.p).toBeNaN();
		expect(sum(report.value)).toBe(0);
		expect(report.card.topTenthShare).toBeNaN();
	});

	it('too few customers are a reason, not a number', async () => {
		const few = summarise(orders.filter(({ customer }) => customer.length <= 2));
		const result = await estimateValue(few);
		expect(few.count).toBe(10);
		expect(result).toMatchObject({ ok: false, reason: { code: 'too_few_customers' } });
	});

	it.each([
		[{ horizonDays: -1 }, 'bad_horizon'],
		[{ yearlyDiscount: -0.1 }, 'bad_discount'],
	])('%j is a reason', async (options, code) => {
		const result = await estimateValue(summarise(orders), options);
		expect(result).toMatchObject({ ok: false, reason: { code } });
	});
});

describe('discounting', () => {
	it('is by the end of each period, the last one in part', () => {
		const steady = (time: number) => time * 3;
		expect(discountedExpectation(steady, 2, 2, 0)).toBeCloseTo(12, 12);
		expect(discountedExpectation(steady, 2, 2, 0.5)).toBeCloseTo(6 / 1.5 + 6 / 2.25, 12);
		expect(discountedExpectation(steady, 2, 1.5, 0.5)).toBeCloseTo(6 / 1.5 + 3 / 1.5 ** 1.5, 12);
	});
});

describe('correlation', () => {
	const x = Float64Array.from([1, 2, 3, 4]);
	it('of values and of ranks', () => {
		expect(correlation(x, Float64Array.from([2, 4, 6, 8]))).toBeCloseTo(1, 12);
		expect(correlation(x, Float64Array.from([1, 8, 27, 64]))).toBeLessThan(1);
		expect(rankCorrelation(x, Float64Array.from([1, 8, 27, 64]))).toBeCloseTo(1, 12);
		expect(rankCorrelation(x, Float64Array.from([5, 5, 1, 1]))).toBeCloseTo(-2 / Math.sqrt(5), 12);
		expect(correlation(x, Float64Array.from([7, 7, 7, 7]))).toBeNaN();
	});
});

describeWithShared('churn/data/cdnow_sample.csv', 'value on CDNOW', (rows) => {
	const full = summarise(
		rows.map((row) => ({ customer: row.customer_id, date: row.date, amount: row.amount })),
		'1998-06-30',
	);
	const cut = civilDayOf('1997-09-30', 'UTC');
	const view = viewAsOf(full, cut, cut + 273);

	it('is the published models put together', async () => {
		if (view === null) throw new Error('The history is missing.');
		const { summaries } = view;
		const report = await estimate(summaries, { horizonDays: 273, yearlyDiscount: 0 });
		const fit = runAtOnce(fitPurchaseModel('mbgnbd', runAtOnce(mergeRows(summaries))));
		const spend = { p: 6.24957226, q: 3.74422467, gamma: 15.44352096 };
		for (const i of [0, 1, 2, 5, 8]) {
			const { x, tx, T, repeatMean } = summaries;
			const expected = expectedPurchases('mbgnbd', fit, x[i], tx[i], T[i], 39);
			expect(report.expectedOrders[i]).toBeCloseTo(expected, 9);
			expect(report.expectedSpend[i]).toBeCloseTo(expectedSpend(spend, x[i], repeatMean[i]), 5);
		}
		expect(report.card.correlation).toBeCloseTo(0.1139, 4);
		expect(report.card.spendCustomers).toBe(946);
		expect(report.card.spendLogLikelihood).toBeCloseTo(-4055.917695, 5);
	});

	it('the tenth of customers with the highest value is the one that then buys most', async () => {
		if (view === null) throw new Error('The history is missing.');
		const report = await estimate(view.summaries, { horizonDays: 273 });
		const order = [...report.value.keys()].sort(
			(left, right) => report.value[right] - report.value[left],
		);
		const bought = (part: number[]) => part.reduce((total, i) => total + view.later[i], 0);
		expect(bought(order.slice(0, 236)) / bought(order)).toBeGreaterThan(0.4);
	});
});
