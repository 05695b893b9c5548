import { NODE, runInsights, shopifyOrder } from './shop';

const parameters = { resource: 'customer', operation: 'segment' };
const orders = [
	shopifyOrder(1, 'anna@example.com', '2026-01-05', '50.00', ['Coffee']),
	shopifyOrder(2, 'anna@example.com', '2026-03-05', '50.00', ['Coffee', 'Filter']),
	shopifyOrder(3, 'ben@example.com', '2026-02-05', '400.00', ['Kettle']),
	shopifyOrder(4, 'anna@example.com', '2026-06-28', '60.00', ['Coffee']),
];

describe('Segment', () => {
	it('gives one short item a customer, linked to the orders it was made from', async () => {
		const result = await runInsights(orders, parameters);
		expect(result.error).toBeUndefined();
		expect(result.items(NODE)).toEqual([
			{
				json: {
					customer: 'anna@example.com',
					email: 'anna@example.com',
					name: null,
					segment: 'Champions',
					suggested_action: expect.stringContaining('Thank') as string,
					loyalty_rung: 'returning',
					is_vip: false,
					rfm_score: '551',
					cohort: '2026-01',
					preferred_categories: 'Hot drinks, Kitchen',
				},
				pairedItem: [{ item: 0 }, { item: 1 }, { item: 3 }],
			},
			{
				json: expect.objectContaining({ customer: 'ben@example.com', is_vip: true }) as object,
				pairedItem: [{ item: 2 }],
			},
		]);
	});

	it('gives everything on request, with the cohort table on the second output', async () => {
		const result = await runInsights(orders, { ...parameters, simplify: false });
		expect(result.json(NODE)[0]).toMatchObject({
			orders: 3,
			total_spend: 160,
			first_order_date: '2026-01-05',
			last_order_date: '2026-06-28',
			days_since_last_order: 2,
			recency_score: 5,
			preferred_products: 'Coffee, Filter',
		});
		const [summary] = result.items(NODE, 1);
		expect(summary.json).toMatchObject({
			customers: 2,
			orders_counted: 4,
			currency: 'EUR',
			vip_customers: 1,
			cohorts: [
				{ cohort: '2026-01', customers: 1, returned: 1, returned_in_time: 1, revenue: 160 },
				{ cohort: '2026-02', customers: 1, returned: 0, returned_in_time: 0, revenue: 400 },
			],
		});
		expect(summary.pairedItem).toHaveLength(4);
	});

	it('counts bad rows and goes on', async () => {
		const result = await runInsights(
			[...orders, { ...orders[0], id: 9, email: '' }, { nonsense: true }, {}],
			parameters,
		);
		expect(result.json(NODE)).toHaveLength(2);
		const [summary] = result.json(NODE, 1);
		expect(summary).toMatchObject({ left_out_without_customer: 3, orders_counted: 4 });
		expect(summary.not_understood_examples).toContainEqual({
			item: 4,
			reason: 'Order 9 has no customer id or e-mail address.',
		});
		expect(summary.warnings).toContainEqual(expect.stringContaining('3 of 7 input items'));
	});

	it('says so when no order counts, and does not stop the workflow', async () => {
		const result = await runInsights([{ nonsense: true }], parameters);
		expect(result.error).toBeUndefined();
		expect(result.json(NODE)).toEqual([]);
		expect(result.json(NODE, 1)[0].warnings).toContainEqual(
			expect.stringContaining('No order counts'),
		);
	});

	it('takes customers that are summarised already, with the friends they brought', async () => {
		const result = await runInsights(
			[
				{
					email: 'a@example.com',
					orders_count: 3,
					first_order: '2026-01-01',
					last_order: '2026-06-01',
					total_spent: '90.00',
					referrals: 2,
				},
				{ email: 'b@example.com', orders_count: 'many', total_spent: '5.00' },
				{ email: 'c@example.com', orders_count: 1, last_order: '2026-06-20', total_spent: '5.00' },
			],
			{ ...parameters, inputItemIs: 'customer' },
		);
		expect(result.json(NODE)).toMatchObject([
			{ customer: 'a@example.com', loyalty_rung: 'advocate' },
			{ customer: 'c@example.com', loyalty_rung: 'first visit' },
		]);
		expect(result.items(NODE)[1].pairedItem).toEqual([{ item: 2 }]);
		expect(result.json(NODE, 1)[0]).toMatchObject({ customers_left_out: 1 });
	});

	it('gives no more items than the limit', async () => {
		const result = await runInsights(orders, { ...parameters, returnAll: false, limit: 1 });
		expect(result.json(NODE)).toHaveLength(1);
	});

	it('stops with the reason when the as-of date cannot be read', async () => {
		const bad = { ...parameters, options: { asOf: 'yesterday' } };
		expect((await runInsights(orders, bad)).error?.message).toContain('yesterday');
		const result = await runInsights(orders, bad, { onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		expect(result.json(NODE)).toEqual([{ error: expect.stringContaining('yesterday') as string }]);
	});

	it('uses the fields that are chosen', async () => {
		const result = await runInsights([{ who: 'x', when: '2026-01-01', worth: '12,50' }], {
			...parameters,
			simplify: false,
			fieldNames: { customer: 'who', date: 'when', amount: 'worth' },
		});
		expect(result.json(NODE)[0]).toMatchObject({ customer: 'x', total_spend: 12.5 });
	});
});
