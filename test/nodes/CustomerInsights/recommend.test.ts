import { NODE, runInsights, shopifyOrder } from './shop';

const orders = [
	...Array.from({ length: 12 }, (_, index) =>
		shopifyOrder(index, `both${index}@example.com`, '2026-05-01', '20.00', ['Coffee', 'Filter']),
	),
	...Array.from({ length: 30 }, (_, index) =>
		shopifyOrder(100 + index, `tea${index}@example.com`, '2026-05-01', '10.00', ['Tea']),
	),
	shopifyOrder(200, 'anna@example.com', '2026-05-01', '10.00', ['Coffee']),
];

describe('Recommend', () => {
	it('names what goes with what a customer has, and nothing to those who have it', async () => {
		const result = await runInsights(orders, { resource: 'product', operation: 'recommend' });
		const byCustomer = new Map(result.json(NODE).map((item) => [item.customer, item]));
		expect(byCustomer.get('anna@example.com')).toMatchObject({
			recommended_product: 'Filter',
			recommended_product_id: 'filter',
			because_bought: 'Coffee',
			confidence: 0.9231,
		});
		expect(byCustomer.get('both0@example.com')).toMatchObject({ recommended_product: null });
		expect(byCustomer.get('tea0@example.com')).toMatchObject({ recommended_product: null });
		expect(result.json(NODE, 1)[0]).toMatchObject({
			pairs_found: 1,
			customers_with_recommendation: 1,
		});
	});

	it('gives pairs of products, linked to the orders that have both', async () => {
		const result = await runInsights(orders, {
			resource: 'product',
			operation: 'recommend',
			recommendFor: 'product',
		});
		expect(result.json(NODE)).toEqual([
			{
				product: 'Filter',
				product_id: 'filter',
				goes_with: 'Coffee',
				goes_with_id: 'coffee',
				bought_together: 12,
				support: 0.27907,
				confidence: 1,
				lift: 3.31,
			},
			expect.objectContaining({ product: 'Coffee', goes_with: 'Filter' }),
		]);
		expect(result.items(NODE)[0].pairedItem).toEqual(
			Array.from({ length: 12 }, (_, item) => ({ item })),
		);
	});

	it('says why when there is nothing to recommend', async () => {
		const without = orders.map((order) => ({ ...order, line_items: [] }));
		const result = await runInsights(without, { resource: 'product', operation: 'recommend' });
		expect(result.json(NODE, 1)[0].warnings).toContainEqual(
			expect.stringContaining('No order names its products'),
		);
	});
});
