import { Draws } from '../../engine/insight/draws';
import { NODE, runInsights, shopifyOrder } from './shop';

jest.setTimeout(120_000);

describe('a large shop', () => {
	it('goes through with 100,000 orders in one execution', async () => {
		const draws = new Draws(7);
		const products = Array.from({ length: 300 }, (_, index) => `Product ${index}`);
		const orders = Array.from({ length: 100_000 }, (_, id) => {
			const month = String(1 + draws.whole(6)).padStart(2, '0');
			const day = String(1 + draws.whole(28)).padStart(2, '0');
			return shopifyOrder(
				id,
				`c${draws.whole(30_000)}@example.com`,
				`2026-${month}-${day}`,
				`${1 + draws.whole(100)}.50`,
				[products[draws.whole(300)], products[draws.whole(300)]],
			);
		});
		const parameters = { resource: 'customer', operation: 'segment' };
		const result = await runInsights(orders, parameters);
		expect(result.error).toBeUndefined();
		expect(result.json(NODE, 1)[0]).toMatchObject({ orders_counted: 100_000 });
		expect(result.json(NODE).length).toBeGreaterThan(28_000);
	});
});
