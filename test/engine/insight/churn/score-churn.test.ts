import * as fc from 'fast-check';
import {
	areaUnderCurve,
	brierScore,
	scoreChurn,
	type ChurnOptions,
} from '../../../../engine/insight/churn';
import { quintilesOf } from '../../../../engine/insight/churn/rfm-quintile';
import {
	readSummaries,
	summariseOrders,
	summariesFromColumns,
} from '../../../../engine/insight/purchase';
import type { ChurnReport, CustomerSummaries, Order } from '../../../../engine/insight/types';
import { simulatedOrders, simulatedShop } from '../simulated-shop';

const AS_OF_DAY = 20_000;
const DAY_MS = 86_400_000;

async function score(summaries: CustomerSummaries, options?: ChurnOptions): Promise<ChurnReport> {
	const result = await scoreChurn(summaries, options);
	if (!result.ok) throw new Error(result.reason.message);
	return result.value;
}

async function refusalOf(summaries: CustomerSummaries, options: ChurnOptions): Promise<string> {
	const result = await scoreChurn(summaries, options);
	return result.ok ? 'accepted' : result.reason.code;
}

function summarise(orders: Order[], unitDays = 7): CustomerSummaries {
	const result = summariseOrders(orders, { zone: 'UTC', asOf: AS_OF_DAY * DAY_MS, unitDays });
	if (!result.ok) throw new Error(result.reason.message);
	return result.value;
}

const codes = (report: ChurnReport) => report.card.warnings.map(({ code }) => code);

describe('a shop with enough history', () => {
	const orders = simulatedOrders({
		customers: 700,
		days: 600,
		r: 0.8,
		alpha: 45,
		leaving: { a: 0.9, b: 2.5 },
		asOfDay: AS_OF_DAY,
		seed: 11,
	});
	const summaries = summarise(orders);
	let report: ChurnReport;

	beforeAll(async () => {
		report = await score(summaries, { horizonDays: 60 });
	});

	it('gives probabilities, expectations and levels that agree with each other', () => {
		expect(report.risk.every((value) => value >= 0 && value <= 1)).toBe(true);
		expect(report.pAlive.every((value) => value >= 0 && value <= 1)).toBe(true);
		expect(report.expectedOrders.every((value) => value >= 0)).toBe(true);
		for (let i = 0; i < report.count; i += 10) {
			expect(report.level(i)).toBe(
				report.risk[i] >= 0.8 ? 'high' : report.risk[i] >= 0.5 ? 'medium' : 'low',
			);
			expect(report.reasons(i).length).toBeGreaterThanOrEqual(1);
			expect(report.reasons(i).length).toBeLessThanOrEqual(3);
		}
		expect(report.card.check?.cuts).toBe(4);
		expect(report.card.fallbackReason).toBeNull();
		expect(codes(report)).not.toContain('unchecked');
	});

	it('the scorer used is not behind days since the last order on the check', () => {
		const { card } = report;
		expect(card.auc).toBeGreaterThan(card.baselineAuc);
		expect(card.brier).toBeLessThan(card.baselineBrier);
	});

	it('the scorers of the check are listed best first', () => {
		const { check } = report.card;
		const share = (check?.buyers ?? 0) / (check?.customers ?? 1);
		const skill = (check?.scorers ?? []).map(
			({ auc, brier }) => 2 * auc - brier / (share * (1 - share)),
		);
		expect(skill).toEqual([...skill].sort((left, right) => right - left));
		expect(skill.length).toBeGreaterThanOrEqual(6);
	});

	it('cut-offs can be set', async () => {
		const wide = await score(summaries, { cutoffs: { medium: 0, high: 1 } });
		expect(new Set(summaries.customer.map((_, i) => wide.level(i)))).toEqual(new Set(['medium']));
	});

	it('the time unit does not matter', async () => {
		const daily = await score(summarise(orders, 1), { horizonDays: 60 });
		expect(daily.card.used).toBe(report.card.used);
		const farthest = (left: Float64Array, right: Float64Array) =>
			left.reduce((most, value, i) => Math.max(most, Math.abs(value - right[i])), 0);
		expect(farthest(daily.risk, report.risk)).toBeLessThan(1e-6);
		expect(farthest(daily.expectedOrders, report.expectedOrders)).toBeLessThan(1e-6);
	});

	it('a closed form used by its own never gives a lower risk for a longer silence', async () => {
		const closed = await score(summaries, { scorer: 'mbgnbd' });
		expect(closed.card.used).toBe('mbgnbd');
		const sameCustomer = new Map<string, number[]>();
		summaries.x.forEach((x, i) => {
			const key = `${x} ${summaries.tx[i]}`;
			sameCustomer.set(key, [...(sameCustomer.get(key) ?? []), i]);
		});
		let compared = 0;
		for (const rows of sameCustomer.values()) {
			const bySilence = rows.sort(
				(left, right) => closed.daysSinceLast[left] - closed.daysSinceLast[right],
			);
			for (let k = 1; k < bySilence.length; k++) {
				expect(closed.risk[bySilence[k]]).toBeGreaterThanOrEqual(
					closed.risk[bySilence[k - 1]] - 1e-12,
				);
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(100);
	});

	it('lets the host have its turn, and can be cancelled at any turn', async () => {
		let turns = 0;
		const counted = { yieldNow: async () => void turns++, isCancelled: () => false };
		const paused = await score(summaries, { pause: counted, horizonDays: 60 });
		expect(paused.risk).toEqual(report.risk);
		expect(turns).toBeGreaterThan(50);
		for (const last of [1, 10, 40]) {
			let turn = 0;
			const result = await scoreChurn(summaries, {
				pause: { yieldNow: async () => void turn++, isCancelled: () => turn >= last },
			});
			expect(result).toMatchObject({ ok: false, reason: { code: 'cancelled' } });
		}
	});

	it('old data is said to be old', async () => {
		const late = summariseOrders(orders, { zone: 'UTC', asOf: (AS_OF_DAY + 60) * DAY_MS });
		if (!late.ok) throw new Error(late.reason.message);
		expect(codes(await score(late.value))).toContain('stale_data');
		expect(codes(report)).not.toContain('stale_data');
	});
});

describe('a shop where something is missing', () => {
	it('no customer at all is a reason', async () => {
		expect(await refusalOf(summarise([]), {})).toBe('no_customers');
	});

	it('options out of range are a reason', async () => {
		const one = summarise([{ customer: 'a', date: (AS_OF_DAY - 3) * DAY_MS, amount: 5 }]);
		expect(await refusalOf(one, { horizonDays: 0 })).toBe('bad_horizon');
		expect(await refusalOf(one, { horizonDays: NaN })).toBe('bad_horizon');
		expect(await refusalOf(one, { cutoffs: { medium: 0.9, high: 0.5 } })).toBe('bad_cutoffs');
	});

	it('a dozen customers get levels from their own rhythm, and no number is made up', async () => {
		const orders: Order[] = [];
		for (let i = 0; i < 12; i++) {
			for (const back of [90, 60, 30].slice(0, i === 0 ? 1 : 3)) {
				orders.push({ customer: `c${i}`, date: (AS_OF_DAY - back - 10 * i) * DAY_MS, amount: 9 });
			}
		}
		const report = await score(summarise(orders));
		expect(report.card.used).toBe('rhythmLevels');
		expect(report.card.fallbackReason).toContain('12 customers');
		expect(codes(report)).toEqual(expect.arrayContaining(['few_customers', 'unchecked']));
		expect([...report.risk, ...report.expectedOrders, ...report.pAlive].every(Number.isNaN)).toBe(
			true,
		);
		expect(report.level(0)).toBe('unknown');
		expect(report.level(1)).toBe('low');
		expect(report.level(2)).toBe('medium');
		expect(report.level(11)).toBe('high');
		expect(report.reasons(11)[0]).toBe('usually buys every 30 days, silent for 140');
		expect(report.card.summary).toContain('could not be checked');
	});

	it('totals without single orders are scored by the purchase model, and said to be unchecked', async () => {
		const columns = simulatedShop({
			customers: 400,
			r: 1,
			alpha: 6,
			leaving: { a: 0.8, b: 2 },
			seed: 5,
		});
		const report = await score(summariesFromColumns(columns, { unitDays: 7, asOfDay: AS_OF_DAY }));
		expect(report.card.used).toBe('mbgnbd');
		expect(report.card.check).toBeNull();
		expect(report.card.auc).toBeNaN();
		expect(codes(report)).toEqual(['unchecked']);
		expect(report.risk.every((risk) => risk >= 0 && risk <= 1)).toBe(true);
	});

	it('where nobody leaves, that is said, P(alive) is not given, and another scorer is used', async () => {
		const orders = simulatedOrders({
			customers: 700,
			days: 700,
			r: 1.5,
			alpha: 60,
			leaving: null,
			asOfDay: AS_OF_DAY,
			seed: 3,
		});
		const report = await score(summarise(orders));
		expect(codes(report)).toContain('nobody_leaves');
		expect(['nbd', 'combination', 'rfm', 'rhythm', 'recency']).toContain(report.card.used);
		expect(report.card.fallbackReason).toContain('nobody seems to leave');
		expect(report.card.model?.model).toBe('nbd');
		expect(report.pAlive.every(Number.isNaN)).toBe(true);
		expect(report.expectedOrders.every((expected) => expected > 0)).toBe(true);
		expect(report.card.auc).toBeGreaterThan(0.6);
	});

	it('only one-time buyers have no rhythm and no risk', async () => {
		const orders = Array.from({ length: 300 }, (_, i) => ({
			customer: `c${i}`,
			date: (AS_OF_DAY - i) * DAY_MS,
			amount: 10,
		}));
		const report = await score(summarise(orders));
		expect(report.card.used).toBe('rhythmLevels');
		expect(report.level(7)).toBe('unknown');
		expect(report.reasons(7)).toEqual(['bought only once, 7 days ago']);
		expect(report.reasons(0)).toEqual(['bought only once, today']);
		expect(report.reasons(1)).toEqual(['bought only once, 1 day ago']);
	});

	it('a scorer asked for that cannot be used is replaced, and that is said', async () => {
		const columns = simulatedShop({
			customers: 400,
			r: 1,
			alpha: 6,
			leaving: { a: 0.8, b: 2 },
			seed: 5,
		});
		const summaries = summariesFromColumns(columns, { unitDays: 7, asOfDay: AS_OF_DAY });
		const report = await score(summaries, { scorer: 'rfm' });
		expect(report.card.used).toBe('mbgnbd');
		expect(codes(report)).toContain('scorer_unavailable');
	});
});

describe('any few orders', () => {
	it('never give a probability outside 0 and 1, nor an exception', async () => {
		const order = fc.record({
			customer: fc.integer({ min: 0, max: 120 }).map((id) => `c${id}`),
			date: fc.integer({ min: AS_OF_DAY - 400, max: AS_OF_DAY }).map((day) => day * DAY_MS),
			amount: fc.integer({ min: 0, max: 300 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(order, { minLength: 1, maxLength: 500, size: 'max' }),
				fc.integer({ min: 1, max: 400 }),
				async (orders, horizonDays) => {
					const report = await score(summarise(orders), { horizonDays });
					for (const column of [report.risk, report.pAlive]) {
						expect(column.every((value) => Number.isNaN(value) || (value >= 0 && value <= 1))).toBe(
							true,
						);
					}
					const known = report.card.used !== 'rhythmLevels';
					expect(report.risk.every((value) => Number.isNaN(value) !== known)).toBe(true);
				},
			),
			{ numRuns: 25 },
		);
	});
});

describe('rows that are already one a customer', () => {
	const options = { zone: 'UTC', asOf: '2026-03-31' };
	const good = {
		customer: 'a',
		transactions: 3,
		firstDate: '2026-01-06',
		lastDate: '2026-03-03',
		spend: '90',
	};

	it('are read to the columns of the models', () => {
		const result = readSummaries([good], options);
		if (!result.ok) throw new Error(result.reason.message);
		const { summaries, rejected } = result.value;
		expect(rejected).toEqual([]);
		expect([summaries.x[0], summaries.tx[0], summaries.T[0]]).toEqual([2, 8, 12]);
		expect(summaries.repeatMean[0]).toBe(30);
		expect(summaries.lastDay[0]).toBe(summaries.asOfDay - 28);
	});

	it.each([
		['customer', { customer: '' }, 'no customer id'],
		['order count', { transactions: 0 }, 'whole number'],
		['date', { lastDate: 'soon' }, 'cannot be read'],
		['order of dates', { lastDate: '2026-01-01' }, 'before the first'],
		['as-of date', { lastDate: '2026-04-02' }, 'after the as-of date'],
		['single order', { transactions: 1 }, 'different first and last'],
		['spend', { spend: -1 }, 'spend'],
	])('with a fault in the %s come back with the reason', (_, fault, message) => {
		const result = readSummaries([{ ...good, ...fault }, good, good], options);
		if (!result.ok) throw new Error(result.reason.message);
		expect(result.value.summaries.count).toBe(1);
		expect(result.value.rejected.map(({ index }) => index)).toEqual([0, 2]);
		expect(result.value.rejected[0].message).toContain(message);
	});
});

describe('measures of accuracy', () => {
	it('the AUC counts pairs, ties half', () => {
		expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
		expect(areaUnderCurve([1, 1, 1], [0, 1, 0])).toBe(0.5);
		expect(areaUnderCurve([1, 2], [1, 1])).toBeNaN();
	});

	it('the AUC is the share of pairs ranked right, on any data', () => {
		const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
		fc.assert(
			fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
				const positive = rows.filter(([, did]) => did === 1);
				const negative = rows.filter(([, did]) => did === 0);
				fc.pre(positive.length > 0 && negative.length > 0);
				let right = 0;
				for (const [up] of positive) {
					for (const [down] of negative) right += up > down ? 1 : up === down ? 0.5 : 0;
				}
				const auc = areaUnderCurve(
					rows.map(([value]) => value),
					rows.map(([, did]) => did),
				);
				expect(auc).toBeCloseTo(right / positive.length / negative.length, 12);
			}),
		);
	});

	it('the Brier score is the mean squared miss', () => {
		expect(brierScore([0.5, 1], [0, 1])).toBe(0.125);
	});

	it('quintiles give equal values the same place', () => {
		expect([...quintilesOf(Float64Array.from([5, 1, 2, 3, 4]))]).toEqual([5, 1, 2, 3, 4]);
		expect([...quintilesOf(Float64Array.from([0, 0, 0, 0, 9]))]).toEqual([3, 3, 3, 3, 5]);
		expect([...quintilesOf(Float64Array.from([7, 7]))]).toEqual([3, 3]);
	});
});
