import fc from 'fast-check';
import { summariseOrders } from '../../../../engine/insight/purchase';
import {
	LADDER_RUNGS,
	Preferences,
	segmentAdvice,
	segmentCustomers,
	SEGMENT_NAMES,
} from '../../../../engine/insight/segment';
import { ladderRung } from '../../../../engine/insight/segment/ladder';
import { quintiles } from '../../../../engine/insight/segment/quintile';
import { segmentName } from '../../../../engine/insight/segment/segment-name';
import { vipGroup } from '../../../../engine/insight/segment/vip';
import type { CustomerSummaries } from '../../../../engine/insight/types';

const settings = {
	firstVisitDays: 30,
	loyalFrom: 5,
	vipRevenueShare: 0.5,
	returnWithinDays: 90,
};

describe('quintiles', () => {
	it('gives each fifth of ten different values its score', () => {
		expect([...quintiles([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 'higher')]).toEqual([
			1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
		]);
	});

	it('gives the customer who bought yesterday 5 and the one silent for a year 1', () => {
		expect([...quintiles([365, 1, 40, 20, 90], 'lower')]).toEqual([1, 5, 3, 4, 2]);
	});

	it('gives equal values one score: seven one-time buyers of ten are all 1', () => {
		// Two orders sit on places 8 and 9 of ten: middle 8 of 10, score 1 + floor(5 · 0.8) = 5.
		expect([...quintiles([1, 1, 1, 1, 1, 1, 1, 2, 2, 3], 'higher')]).toEqual([
			1, 1, 1, 1, 1, 1, 1, 5, 5, 5,
		]);
		// Four on places 3 to 6: middle 4 of 10, score 3.
		expect([...quintiles([1, 2, 3, 3, 3, 3, 4, 5, 6, 7], 'higher')]).toEqual([
			1, 1, 3, 3, 3, 3, 4, 4, 5, 5,
		]);
	});

	it('puts everybody in the middle when there is nothing to rank', () => {
		expect([...quintiles([4, 4, 4], 'higher')]).toEqual([3, 3, 3]);
		expect([...quintiles([], 'higher')]).toEqual([]);
	});

	it('never gives the better value the lower score, in whatever order the rows come', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }), (values) => {
				const higher = quintiles(values, 'higher');
				const lower = quintiles(values, 'lower');
				const reversed = quintiles([...values].reverse(), 'higher').reverse();
				expect([...reversed]).toEqual([...higher]);
				values.forEach((left, row) => {
					values.forEach((right, other) => {
						if (left >= right) {
							expect(higher[row]).toBeGreaterThanOrEqual(higher[other]);
							expect(lower[row]).toBeLessThanOrEqual(lower[other]);
						}
					});
				});
			}),
		);
	});
});

describe('segmentName', () => {
	it.each([
		[5, 5, 'Champions'],
		[5, 4, 'Champions'],
		[4, 5, 'Loyal Customers'],
		[3, 4, 'Loyal Customers'],
		[5, 2, 'Potential Loyalists'],
		[4, 3, 'Potential Loyalists'],
		[5, 1, 'New Customers'],
		[4, 1, 'Promising'],
		[3, 3, 'Need Attention'],
		[3, 1, 'About to Sleep'],
		[2, 5, "Can't Lose Them"],
		[1, 5, "Can't Lose Them"],
		[2, 3, 'At Risk'],
		[1, 4, 'At Risk'],
		[1, 1, 'Hibernating'],
	])('calls recency %d with frequency %d "%s"', (recency, frequency, name) => {
		expect(segmentName(recency, frequency)).toBe(name);
	});

	it('uses every segment, and knows what to do with it', () => {
		const used = new Set<string>();
		for (let recency = 1; recency <= 5; recency++) {
			for (let frequency = 1; frequency <= 5; frequency++) {
				used.add(segmentName(recency, frequency));
			}
		}
		expect(used).toEqual(new Set(SEGMENT_NAMES));
		expect(new Set(SEGMENT_NAMES.map(segmentAdvice)).size).toBe(SEGMENT_NAMES.length);
	});
});

describe('ladderRung', () => {
	it.each([
		[1, 0, 0, 'first visit'],
		[1, 30, 0, 'first visit'],
		[1, 31, 0, 'one-time'],
		[1, 31, 4, 'one-time'],
		[2, 400, 0, 'returned'],
		[3, 0, 0, 'returning'],
		[4, 0, 0, 'returning'],
		[5, 400, 0, 'loyal'],
		[2, 0, 1, 'advocate'],
		[9, 0, 1, 'advocate'],
	])('calls %d orders, the last %d days ago, with %d friends "%s"', (...row) => {
		const [transactions, daysSinceLast, referrals, rung] = row;
		expect(ladderRung({ transactions, daysSinceLast, referrals }, settings)).toBe(rung);
	});

	it('never takes a customer down for one more order', () => {
		fc.assert(
			fc.property(fc.nat(20), fc.nat(400), fc.nat(2), (orders, daysSinceLast, referrals) => {
				const place = (transactions: number) =>
					LADDER_RUNGS.indexOf(ladderRung({ transactions, daysSinceLast, referrals }, settings));
				expect(place(orders + 2)).toBeGreaterThanOrEqual(place(orders + 1));
			}),
		);
	});
});

describe('vipGroup', () => {
	it('is the fewest customers who make half of the revenue', () => {
		expect(vipGroup([100, 500, 50, 300, 50], 0.5)).toEqual({
			isVip: [false, true, false, false, false],
			count: 1,
			fromSpend: 500,
			revenueShare: 0.5,
		});
		expect(vipGroup([100, 490, 60, 300, 50], 0.5)).toMatchObject({ count: 2, fromSpend: 300 });
	});

	it('treats equal spenders alike', () => {
		expect(vipGroup([10, 40, 40, 10], 0.4).isVip).toEqual([false, true, true, false]);
	});

	it('is nobody where nobody spends, and everybody who spends for the whole revenue', () => {
		expect(vipGroup([0, 0], 0.5)).toMatchObject({ isVip: [false, false], count: 0 });
		expect(vipGroup([], 0.5).count).toBe(0);
		expect(vipGroup([0.1, 0.2, 0.3, 0.7, 0], 1).isVip).toEqual([true, true, true, true, false]);
	});

	it('reaches the share, and would not without its smallest spenders', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 50 }),
				fc.double({ min: 0.01, max: 1, noNaN: true }),
				(spend, share) => {
					const total = spend.reduce((sum, amount) => sum + amount, 0);
					fc.pre(total > 0);
					const { isVip, count, fromSpend, revenueShare } = vipGroup(spend, share);
					expect(isVip.filter(Boolean)).toHaveLength(count);
					expect(revenueShare).toBeGreaterThanOrEqual(share - 1e-9);
					const without = spend.filter((amount) => amount > fromSpend);
					expect(without.reduce((sum, amount) => sum + amount, 0) / total).toBeLessThan(share);
				},
			),
		);
	});
});

describe('segmentCustomers', () => {
	const orders = [
		...ordersOf(
			'anna',
			['2026-01-05', '2026-02-03', '2026-03-04', '2026-04-02', '2026-05-01', '2026-06-28'],
			50,
		),
		...ordersOf('ben', ['2026-01-10', '2026-05-20'], 30),
		...ordersOf('cleo', ['2026-01-31'], 400),
		...ordersOf('dora', ['2026-06-20'], 20),
		...ordersOf('emil', ['2026-06-25', '2026-06-25'], 10),
	];
	const report = segmentCustomers(summaries(orders), settings);

	it('scores and names every customer as worked out by hand', () => {
		// Days since: anna 2, ben 41, cleo 150, dora 10, emil 5. Days with an order: 6, 2, 1, 1, 1.
		expect([...report.rfm.recency]).toEqual([5, 2, 1, 3, 4]);
		expect([...report.rfm.frequency]).toEqual([5, 4, 1, 1, 1]);
		// Spend: 300, 60, 400, 20, 20.
		expect([...report.rfm.monetary]).toEqual([4, 3, 5, 1, 1]);
		expect(rows((row) => report.segment(row))).toEqual([
			'Champions',
			'At Risk',
			'Hibernating',
			'About to Sleep',
			'Promising',
		]);
		expect(rows((row) => report.rung(row))).toEqual([
			'loyal',
			'returned',
			'one-time',
			'first visit',
			'first visit',
		]);
	});

	it('adds up customers and revenue of every segment and rung', () => {
		for (const totals of [report.segments, report.rungs]) {
			expect(totals.reduce((sum, { customers }) => sum + customers, 0)).toBe(5);
			expect(totals.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(800);
		}
		expect(report.segments).toContainEqual({ name: 'Champions', customers: 1, revenue: 300 });
		expect(report.segments).toHaveLength(10);
	});

	it('groups customers by the month of their first order', () => {
		expect(report.cohort(0)).toBe('2026-01');
		expect(report.cohorts).toEqual([
			// anna came back within 90 days, ben after 130; 31 January + 90 days is before the as-of day.
			{ month: '2026-01', customers: 3, returned: 2, returnedWithin: 1, revenue: 760 },
			{ month: '2026-06', customers: 2, returned: 0, returnedWithin: null, revenue: 40 },
		]);
	});

	it('makes advocates of those who brought a friend and came back', () => {
		const withFriends = segmentCustomers(summaries(orders), {
			...settings,
			referrals: [0, 2, 1, 0, 0],
		});
		expect(rows((row) => withFriends.rung(row))[1]).toBe('advocate');
		expect(rows((row) => withFriends.rung(row))[2]).toBe('one-time');
	});

	it('warns of few customers, and of a shop without big spenders', () => {
		expect(report.warnings.map(({ code }) => code)).toEqual(['few_customers']);
		const even = Array.from({ length: 30 }, (_, index) => `c${index}`).flatMap((customer) =>
			ordersOf(customer, ['2026-03-01'], 10),
		);
		expect(segmentCustomers(summaries(even), settings).warnings[0].code).toBe('even_spend');
	});

	it('has nothing to say of no customers', () => {
		expect(segmentCustomers(summaries([]), settings)).toMatchObject({ count: 0, cohorts: [] });
	});

	function rows<T>(of: (row: number) => T): T[] {
		return Array.from({ length: report.count }, (_, row) => of(row));
	}
});

describe('Preferences', () => {
	const preferences = new Preferences([
		{ row: 0, lines: [{ product: '1', name: 'Espresso', category: 'Coffee' }] },
		{
			row: 0,
			lines: [
				{ product: '2', name: 'Kettle', category: 'Kitchen' },
				{ product: '3', name: 'Pan', category: 'Kitchen' },
			],
		},
		{ row: 0, lines: [{ product: '1', name: 'Espresso', category: 'Coffee' }, { product: '9' }] },
		{ row: 1, lines: [{ product: '4', category: 'Tea' }] },
		{ row: 1, lines: [{ product: '5', category: 'Books', quantity: 2 }] },
	]);

	it('counts orders, not lines: two coffee orders beat one order of two pans', () => {
		expect(preferences.categories(0, 3)).toEqual(['Coffee', 'Kitchen']);
		expect(preferences.products(0, 1)).toEqual(['Espresso']);
	});

	it('gives equal counts to what was bought in more pieces', () => {
		expect(preferences.categories(1, 1)).toEqual(['Books']);
	});

	it('names products without a name by their id, and knows nothing of other customers', () => {
		expect(preferences.products(0, 9)).toContain('9');
		expect(preferences.categories(7, 3)).toEqual([]);
	});
});

function ordersOf(customer: string, dates: string[], amount: number) {
	return dates.map((date) => ({ customer, date, amount }));
}

function summaries(orders: ReturnType<typeof ordersOf>): CustomerSummaries {
	const made = summariseOrders(orders, { zone: 'Europe/Berlin', asOf: '2026-06-30' });
	if (!made.ok) throw new Error(made.reason.message);
	return made.value;
}
