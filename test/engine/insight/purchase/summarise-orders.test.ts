import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { civilDayOf, civilDayText, summariseOrders } from '../../../../engine/insight/purchase';
import type { CustomerSummaries, Order } from '../../../../engine/insight/types';
import { describeWithShared, readSharedCsv } from '../../../support/shared-data.cjs';

const BERLIN = { zone: 'Europe/Berlin', asOf: '2026-03-31' };

function summaries(orders: Order[], options = BERLIN): CustomerSummaries {
	const result = summariseOrders(orders, options);
	if (!result.ok) throw new Error(result.reason.message);
	return result.value;
}

describe('orders become one row a customer', () => {
	it('two orders on one day are one transaction with the sum of their amounts', () => {
		const result = summaries([
			{ customer: 'c1', date: '2026-03-03', amount: 10 },
			{ customer: 'c1', date: '2026-03-10T09:00:00', amount: '20.50' },
			{ customer: 'c1', date: '2026-03-10 23:59:59', amount: 4.5 },
		]);
		expect(result.x[0]).toBe(1);
		expect(result.tx[0]).toBe(1);
		expect(result.T[0]).toBe(4);
		expect(result.repeatMean[0]).toBe(25);
		expect(result.spend[0]).toBe(35);
		expect(result.orders[0]).toBe(3);
		expect(result.tally).toMatchObject({ given: 3, counted: 3, transactions: 2 });
	});

	it('the calendar day is that of the shop, not of UTC', () => {
		const lateEvening = '2026-03-10T23:30:00Z';
		expect(civilDayText(civilDayOf(lateEvening, 'Europe/Berlin'))).toBe('2026-03-11');
		expect(civilDayText(civilDayOf(lateEvening, 'America/New_York'))).toBe('2026-03-10');
		expect(civilDayText(civilDayOf(Date.parse(lateEvening), 'Europe/Berlin'))).toBe('2026-03-11');
	});

	it('the night on which the clocks change is read by the instant', () => {
		expect(civilDayText(civilDayOf('2026-03-28T22:59:00Z', 'Europe/Berlin'))).toBe('2026-03-28');
		expect(civilDayText(civilDayOf('2026-03-28T23:00:00Z', 'Europe/Berlin'))).toBe('2026-03-29');
		expect(civilDayText(civilDayOf('2026-03-29T21:59:00Z', 'Europe/Berlin'))).toBe('2026-03-29');
		expect(civilDayText(civilDayOf('2026-03-29T22:00:00Z', 'Europe/Berlin'))).toBe('2026-03-30');
	});

	it.each([
		['2026-02-30', NaN],
		['2026-13-01', NaN],
		['yesterday', NaN],
		['', NaN],
		['2026-02-28T25:00:00Z', NaN],
		['2026-W10-2', civilDayOf('2026-03-03', 'UTC')],
		['20260303', civilDayOf('2026-03-03', 'UTC')],
		['2026-03-03T01:00:00+0200', civilDayOf('2026-03-02', 'UTC')],
		['2026-03-02T23:00:00.000-02', civilDayOf('2026-03-03', 'UTC')],
	])('the date "%s" is read as day %d', (text, day) => {
		expect(civilDayOf(text, 'UTC')).toBe(day);
	});

	it('e-mail addresses are one customer in any spelling, ids are not', () => {
		const result = summaries([
			{ customer: 'Ann@Example.com ', date: '2026-03-03', amount: 1 },
			{ customer: 'ann@example.com', date: '2026-03-04', amount: 1 },
			{ customer: 'A1', date: '2026-03-04', amount: 1 },
			{ customer: 'a1', date: '2026-03-04', amount: 1 },
		]);
		expect(result.customer).toEqual(['ann@example.com', 'A1', 'a1']);
	});

	it('what does not count is counted by cause', () => {
		const good = { customer: 'c1', date: '2026-03-03', amount: 10 };
		const { tally, spend } = summaries([
			good,
			{ ...good, test: true },
			{ ...good, cancelled: true },
			{ ...good, customer: ' ' },
			{ ...good, date: 'soon' },
			{ ...good, amount: '1,234' },
			{ ...good, amount: -5 },
			{ ...good, refunded: 10 },
			{ ...good, refunded: '4.00' },
			{ ...good, date: '2026-04-01' },
			{ ...good, amount: '0' },
			{ ...good, id: '7' },
			{ ...good, id: '7' },
		]);
		expect(tally).toEqual({
			given: 13,
			counted: 4,
			transactions: 1,
			partlyRefunded: 1,
			free: 1,
			excluded: {
				test: 1,
				cancelled: 1,
				withoutCustomer: 1,
				unreadableDate: 1,
				unreadableAmount: 1,
				negative: 1,
				refunded: 1,
				afterAsOf: 1,
				duplicate: 1,
			},
		});
		expect(spend[0]).toBe(26);
	});

	it('every order knows its customer, and the ones that do not count know none', () => {
		const result = summaries([
			{ customer: 'A@x.org', date: '2026-03-03', amount: 10, id: '1' },
			{ customer: 'b', date: '2026-03-03', amount: 10, id: '2', test: true },
			{ customer: 'b', date: '2026-03-04', amount: 10, id: '3' },
			{ customer: 'a@x.org', date: '2026-03-05', amount: 10, id: '4' },
			{ customer: 'a@x.org', date: '2026-03-05', amount: 10, id: '4' },
		]);
		expect([...(result.rowOfOrder ?? [])]).toEqual([0, -1, 1, 0, -1]);
	});

	it('a zone, as-of date or unit that makes no sense is a reason', () => {
		const code = (options: Parameters<typeof summariseOrders>[1]) => {
			const result = summariseOrders([], options);
			return result.ok ? null : result.reason.code;
		};
		expect(code({ ...BERLIN, zone: 'Berlin' })).toBe('unknown_zone');
		expect(code({ ...BERLIN, asOf: 'today' })).toBe('unreadable_as_of');
		expect(code({ ...BERLIN, unitDays: 0 })).toBe('bad_unit');
		expect(code(BERLIN)).toBeNull();
	});

	it('the order of the orders does not matter', () => {
		const order = fc.record({
			customer: fc.constantFrom('a', 'b', 'c'),
			date: fc.integer({ min: 0, max: 200 }).map((day) => Date.UTC(2025, 8, 1) + day * 86_400_000),
			amount: fc.integer({ min: 0, max: 500 }),
		});
		const byCustomer = (result: CustomerSummaries) =>
			Object.fromEntries(
				result.customer.map((key, i) => [
					key,
					[result.x[i], result.tx[i], result.T[i], result.spend[i], result.repeatMean[i]],
				]),
			);
		fc.assert(
			fc.property(fc.array(order, { maxLength: 120 }), (orders) => {
				const backwards = summaries([...orders].reverse());
				expect(byCustomer(backwards)).toEqual(byCustomer(summaries(orders)));
			}),
			{ numRuns: 50 },
		);
	});
});

describeWithShared('churn/data/cdnow_sample.csv', 'the CDNOW sample', (rows) => {
	it('gives the published summaries, customer by customer', () => {
		const result = summaries(
			rows.map((row) => ({ customer: row.customer_id, date: row.date, amount: row.amount })),
			{ zone: 'UTC', asOf: '1997-09-30' },
		);
		const published = readSharedCsv('churn/data/cdnow_sample_cbs.csv') ?? [];
		expect(result.count).toBe(2357);
		expect(result.x.reduce((sum, x) => sum + x, 0)).toBe(2457);
		expect(result.x.filter((x) => x > 0).length).toBe(946);
		const rowOf = new Map(result.customer.map((key, i) => [key, i]));
		for (const row of published) {
			const i = rowOf.get(row.customer_id) ?? -1;
			expect(result.x[i]).toBe(Number(row.x));
			expect(result.tx[i]).toBeCloseTo(Number(row.t_x), 8);
			expect(result.T[i]).toBeCloseTo(Number(row.T), 8);
			expect(result.repeatMean[i]).toBeCloseTo(Number(row.m_x), 6);
			expect(result.spend[i]).toBeCloseTo(Number(row.spend_cal), 6);
		}
		expect(published).toHaveLength(2357);
	});
});

describe('a fast reading of dates', () => {
	it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'])(
		'in %s gives the day that the calendar gives',
		(zone) => {
			const instant = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2030, 0) });
			const changes = [
				Date.UTC(2026, 2, 29, 1),
				Date.UTC(2025, 10, 2, 6),
				Date.UTC(2025, 9, 4, 15, 30),
			];
			const nearChange = fc
				.tuple(fc.constantFrom(...changes), fc.integer({ min: -172_800_000, max: 172_800_000 }))
				.map(([change, off]) => change + off);
			fc.assert(
				fc.property(fc.oneof(instant, nearChange), (ms) => {
					const day = DateTime.fromMillis(ms, { zone }).toISODate();
					expect(civilDayText(civilDayOf(ms, zone))).toBe(day);
					expect(civilDayText(civilDayOf(new Date(ms).toISOString(), zone))).toBe(day);
				}),
				{ numRuns: 200 },
			);
		},
	);
});
