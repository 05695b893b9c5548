import type { IDataObject } from 'n8n-workflow';
import { NODE, runInsights, shopifyOrder } from './shop';

const assign = {
	resource: 'campaign',
	operation: 'assignHoldout',
	campaignName: 'Win-back',
	holdoutPercent: 20,
};
const measure = {
	resource: 'campaign',
	operation: 'measureLift',
	campaignName: 'Win-back',
	holdoutPercent: 20,
	campaignStart: '2026-05-01',
};
const names = Array.from({ length: 600 }, (_, index) => `c${index}@example.com`);

describe('Assign Holdout', () => {
	it('adds a stable group to every customer and keeps their fields', async () => {
		const customers = names.map((email, score) => ({ email, score }));
		const first = await runInsights(customers, assign);
		const groups = first.json(NODE).map((item) => item.campaign_group);
		const held = groups.filter((group) => group === 'holdout').length;
		// 120 planned, standard deviation 10.
		expect(Math.abs(held - 120)).toBeLessThan(40);
		expect(first.items(NODE)[5]).toEqual({
			json: {
				email: 'c5@example.com',
				score: 5,
				campaign_name: 'Win-back',
				campaign_group: groups[5],
			},
			pairedItem: { item: 5 },
		});
		const again = await runInsights([...customers].reverse(), assign);
		expect(again.json(NODE).map((item) => item.campaign_group)).toEqual([...groups].reverse());
		expect(first.json(NODE, 1)[0]).toMatchObject({
			customers_held_out: held,
			customers_treated: 600 - held,
		});
	});

	it('puts nobody in a group without knowing who it is', async () => {
		const result = await runInsights([{ score: 1 }], assign);
		expect(result.json(NODE)[0]).toMatchObject({ score: 1, campaign_group: null });
		expect(result.json(NODE, 1)[0].customers_without_group).toBe(1);
	});

	it('wants a campaign name', async () => {
		const result = await runInsights([{ email: 'a@example.com' }], {
			...assign,
			campaignName: ' ',
		});
		expect(result.error?.message).toContain('no name');
	});
});

describe('Measure Lift', () => {
	it('compares orders since the start by the groups that Assign Holdout gave', async () => {
		const assigned = await runInsights(
			names.map((email) => ({ email })),
			assign,
		);
		const treated = new Set(
			assigned
				.json(NODE)
				.filter((item) => item.campaign_group === 'treated')
				.map((item) => item.email as string),
		);
		const orders = names.flatMap((email, index): IDataObject[] => {
			const before = shopifyOrder(index, email, '2026-02-01', '10.00');
			const comesBack = treated.has(email) ? index % 2 === 0 : index % 5 === 0;
			return comesBack
				? [before, shopifyOrder(10_000 + index, email, '2026-05-20', '30.00')]
				: [before];
		});
		orders.push(shopifyOrder(99_999, 'new@example.com', '2026-05-02', '5.00'));
		const result = await runInsights(orders, measure);
		expect(result.error).toBeUndefined();
		const [repeatRate, perCustomer, revenue] = result.json(NODE);
		expect(repeatRate).toMatchObject({ measure: 'repeat_rate', verdict: 'higher' });
		expect(repeatRate.treated).toBeCloseTo(0.5, 1);
		expect(repeatRate.difference_low as number).toBeGreaterThan(0.1);
		expect(perCustomer.verdict).toBe('higher');
		expect(revenue.difference as number).toBeCloseTo((repeatRate.difference as number) * 30, 1);
		expect(result.json(NODE, 1)[0]).toMatchObject({
			customers_treated: treated.size,
			customers_too_new: 1,
			warnings: [],
		});
	});

	it('reads groups from a field, and orders and spend of summarised customers, also none', async () => {
		const customers = names.map((email, index) => ({
			email,
			orders: index % 3 === 0 ? 1 : 0,
			total_spent: index % 3 === 0 ? 20 : 0,
			crm_group: index % 2 === 0 ? 'Holdout' : 'mail',
		}));
		const result = await runInsights([...customers, { email: 'x@example.com', orders: 1 }], {
			resource: 'campaign',
			operation: 'measureLift',
			inputItemIs: 'customer',
			groupFrom: 'field',
			groupField: 'crm_group',
		});
		expect(result.json(NODE)[0]).toMatchObject({ verdict: 'no difference shown' });
		expect(result.json(NODE, 1)[0]).toMatchObject({
			customers_treated: 300,
			customers_holdout: 300,
			customers_without_group: 1,
		});
	});

	it('says "not enough data" rather than a number', async () => {
		const result = await runInsights(
			names.slice(0, 40).map((email, index) => shopifyOrder(index, email, '2026-02-01', '10.00')),
			measure,
		);
		expect(result.json(NODE)[0]).toMatchObject({ verdict: 'not enough data', difference: null });
	});

	it('wants to know when the campaign began', async () => {
		const result = await runInsights([shopifyOrder(1, 'a@example.com', '2026-01-01', '1.00')], {
			...measure,
			campaignStart: '2026-07-15',
		});
		expect(result.error?.message).toContain('after the as-of date');
	});
});
