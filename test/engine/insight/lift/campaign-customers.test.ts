import { campaignCustomers } from '../../../../engine/insight/lift';
import { civilDayOf, summariseOrders } from '../../../../engine/insight/purchase';

const zone = 'Europe/Berlin';
const orders = [
	{ customer: 'anna', date: '2026-01-10', amount: 10 },
	{ customer: 'anna', date: '2026-03-01', amount: 20 },
	{ customer: 'anna', date: '2026-03-09', amount: 30 },
	{ customer: 'ben', date: '2026-02-28', amount: 40 },
	{ customer: 'cleo', date: '2026-03-01', amount: 50 },
	{ customer: 'dora', date: '2026-01-01', amount: 60 },
];
const start = civilDayOf('2026-03-01', zone);

describe('campaignCustomers', () => {
	it('counts what customers from before did since, and the silent ones with nothing', () => {
		const made = summariseOrders(orders, { zone, asOf: '2026-03-31' });
		if (!made.ok) throw new Error(made.reason.message);
		const groups = ['treated', 'holdout', 'treated', undefined] as const;
		expect(campaignCustomers(made.value, (row) => groups[row], start)).toEqual({
			ok: true,
			value: {
				customers: [
					{ group: 'treated', orders: 2, revenue: 50 },
					{ group: 'holdout', orders: 0, revenue: 0 },
				],
				tooNew: 1,
				withoutGroup: 1,
			},
		});
	});

	it('has nothing to say before the campaign has begun', () => {
		const made = summariseOrders(orders, { zone, asOf: '2026-02-28' });
		if (!made.ok) throw new Error(made.reason.message);
		expect(campaignCustomers(made.value, () => 'treated', start)).toMatchObject({
			ok: false,
			reason: { code: 'lift.start' },
		});
		expect(campaignCustomers(made.value, () => 'treated', NaN).ok).toBe(false);
	});
});
