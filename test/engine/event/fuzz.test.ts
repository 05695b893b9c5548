import fc from 'fast-check';
import { parseStoreEvent, readStoreEvent, recogniseOrder } from '../../../engine/event';
import type { Reading } from '../../../engine/event';
import type { Json } from './bodies';
import { shopifyOrder, shopifyRefund, wooOrder } from './bodies';

const deep = JSON.parse(`${'{"a":['.repeat(500)}1${']}'.repeat(500)}`) as Json;
const proto = JSON.parse('{"__proto__":{"id":1},"constructor":null,"toString":5}') as Json;

const strange = fc.oneof(
	fc.constantFrom<unknown>(
		null,
		true,
		0,
		-1,
		1e308,
		-0,
		2 ** 60,
		'',
		'0',
		'-0.00',
		'NaN',
		'1e400',
		'9'.repeat(30),
		'x'.repeat(100_000),
		'"'.repeat(1000),
		'\u0000\ud800',
		[],
		{},
		[[]],
		[null, 1, 'x', {}],
		deep,
		proto,
	),
	fc.jsonValue(),
	fc.string(),
	fc.double(),
);

/** A body with some of its values, at any depth, deleted or replaced. */
function mutated(body: Json): fc.Arbitrary<unknown> {
	const paths: Array<Array<string | number>> = [];
	const walk = (value: unknown, path: Array<string | number>) => {
		if (path.length > 0) paths.push(path);
		if (typeof value !== 'object' || value === null) return;
		for (const [key, inner] of Object.entries(value)) {
			walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
		}
	};
	walk(body, []);
	const change = fc.tuple(fc.constantFrom(...paths), fc.option(strange, { nil: undefined }));
	return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
		const copy = structuredClone(body);
		for (const [path, value] of changes) {
			let parent: unknown = copy;
			for (const step of path.slice(0, -1)) {
				if (typeof parent !== 'object' || parent === null) break;
				parent = (parent as Json)[step];
			}
			if (typeof parent === 'object' && parent !== null) {
				(parent as Json)[path[path.length - 1]] = value;
			}
		}
		return copy;
	});
}

/** Either a reason in words, or events that the schema accepts: nothing in between, and never an exception. */
function expectWholeAnswer(reading: Reading) {
	if ('ignored' in reading) {
		expect(reading.ignored.message.length).toBeGreaterThan(0);
		expect(reading.ignored.message.length).toBeLessThan(2000);
		return;
	}
	for (const event of reading.events) {
		const checked = parseStoreEvent(JSON.parse(JSON.stringify(event)));
		expect(checked).toMatchObject({ ok: true });
	}
}

const shopifyTopics = fc.constantFrom(
	'orders/create',
	'orders/paid',
	'orders/updated',
	'orders/cancelled',
	'refunds/create',
	'customers/create',
	'checkouts/update',
	'orders/edited',
	'other',
	null,
);
const wooTopics = fc.constantFrom(
	'order.created',
	'order.updated',
	'customer.created',
	'other',
	null,
);

describe('whatever a body holds, the answer is events or a reason', () => {
	const paidAndRefunded = shopifyOrder({
		financial_status: 'partially_refunded',
		refunds: [shopifyRefund()],
		fulfillment_status: 'fulfilled',
		fulfillments: [{ created_at: '2025-03-02T00:00:00Z' }],
		transactions: [
			{ kind: 'sale', status: 'success', gateway: 'gift_card', amount: '24.00', currency: 'EUR' },
		],
	});
	const [mugs] = shopifyOrder().line_items as Json[];
	const edited = shopifyOrder({
		current_total_price: '14.00',
		line_items: [{ ...mugs, current_quantity: 1 }],
		refunds: [shopifyRefund({ transactions: [], order_adjustments: [] })],
	});
	const woo = wooOrder({
		refunds: [{ id: 1, total: '-1.00', reason: 'x' }],
		gift_cards: [{ id: 1, amount: 2 }],
		fee_lines: [{ id: 1, total: '-1.00', total_tax: '0.00' }],
		_links: { self: [{ href: 'https://shop.example/wp-json/wc/v3/orders/727' }] },
	});

	it('for Shopify orders and refunds', () => {
		fc.assert(
			fc.property(
				fc.oneof(mutated(paidAndRefunded), mutated(edited), mutated(shopifyRefund())),
				shopifyTopics,
				(body, topic) => {
					expectWholeAnswer(readStoreEvent({ platform: 'shopify', topic, headers: {}, body }));
					expectWholeAnswer(recogniseOrder(body));
				},
			),
			{ numRuns: 500 },
		);
	});

	it('for WooCommerce orders', () => {
		fc.assert(
			fc.property(mutated(woo), wooTopics, (body, topic) => {
				expectWholeAnswer(readStoreEvent({ platform: 'woocommerce', topic, headers: {}, body }));
				expectWholeAnswer(recogniseOrder(body));
			}),
			{ numRuns: 500 },
		);
	});

	it('for anything at all, as body, raw text or header', () => {
		fc.assert(
			fc.property(
				strange,
				fc.string(),
				fc.oneof(shopifyTopics, wooTopics),
				strange,
				(body, raw, topic, header) => {
					for (const platform of ['shopify', 'woocommerce'] as const) {
						const headers = { 'X-Shopify-Shop-Domain': header, 'X-WC-Webhook-Source': header };
						expectWholeAnswer(readStoreEvent({ platform, topic, headers, body }));
						expectWholeAnswer(readStoreEvent({ platform, topic, headers, raw }));
					}
					expectWholeAnswer(recogniseOrder(body));
				},
			),
			{ numRuns: 500 },
		);
	});

	it('for bodies of thousands of lines and refunds, which are cut with a warning', () => {
		const [line] = shopifyOrder().line_items as Json[];
		const body = shopifyOrder({
			line_items: Array.from({ length: 3000 }, (_, id) => ({ ...line, id: id + 1 })),
			refunds: Array.from({ length: 700 }, (_, id) =>
				shopifyRefund({ id: id + 1, admin_graphql_api_id: undefined }),
			),
		});
		const reading = readStoreEvent({ platform: 'shopify', topic: 'orders/updated', body });
		if ('ignored' in reading) throw new Error(reading.ignored.message);
		expect(reading.events).toHaveLength(501);
		const [paid] = reading.events;
		if (paid.type !== 'order.paid') throw new Error(paid.type);
		expect(paid.order.lines).toHaveLength(2000);
		expect(paid.order.warnings.join()).toContain('Only the first 2,000 lines');
		expect(paid.order.warnings.join()).toContain('Only the first 500 refunds');
	});
});
