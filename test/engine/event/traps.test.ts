import { readStoreEvent } from '../../../engine/event';
import type { Json } from './bodies';
import { pair, shopifyOrder, shopifyRefund, wooOrder } from './bodies';
import { events, fromShopify, fromWoo, only, reasonOf, types } from './reading';

/** What has misled other readers of these two platforms, one test each. */
describe('traps of Shopify', () => {
	it('ids above 2^53 lose digits in JSON.parse: the raw text and the gid keep them', () => {
		const raw = JSON.stringify(shopifyRefund())
			.replace('"order_id":5800000000001', '"order_id":820982911946154508')
			.replace('"gid://shopify/Refund/880001"', 'null')
			.replace('"id":880001', '"id":890088186047892319');
		const reading = readStoreEvent({
			platform: 'shopify',
			topic: 'refunds/create',
			raw,
			body: JSON.parse(raw),
		});
		expect(only(reading, 'order.refunded').refund).toMatchObject({
			id: '890088186047892319',
			orderId: '820982911946154508',
		});
		const order = shopifyOrder({
			id: 820982911946154500,
			admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
		});
		expect(only(fromShopify('orders/paid', order), 'order.paid').order.id).toBe(
			'820982911946154508',
		);
	});

	it('an id that already lost digits is refused, because another order may have the same one', () => {
		const id = 820982911946154500;
		const order = shopifyOrder({ id, admin_graphql_api_id: undefined });
		expect(reasonOf(fromShopify('orders/paid', order))).toBe('idInexact');
		expect(reasonOf(fromShopify('refunds/create', shopifyRefund({ order_id: id })))).toBe(
			'idInexact',
		);
	});

	it('the orders/paid test body is voided, cancelled and a test: nothing is paid', () => {
		const body = shopifyOrder({
			financial_status: 'voided',
			cancelled_at: '2021-12-31T19:00:00-05:00',
			test: true,
		});
		const reading = fromShopify('orders/paid', body, { 'X-Shopify-Test': 'true' });
		expect(types(reading)).toEqual(['order.cancelled']);
		expect(events(reading)[0].test).toBe(true);
	});

	it('a test notification says so in a header even where its body does not', () => {
		const reading = fromShopify('orders/paid', shopifyOrder(), { 'X-Shopify-Test': 'true' });
		expect(events(reading)[0].test).toBe(true);
	});

	it('sums that do not add up make a warning, not a refusal', () => {
		const order = only(
			fromShopify(
				'orders/paid',
				shopifyOrder({ total_price: '30.00', total_price_set: pair('30.00') }),
			),
			'order.paid',
		).order;
		expect(order.total).toBe(3000);
		expect(order.warnings).toEqual([
			'Lines and shipping come to 24.00 EUR, the order to 30.00 EUR (duties, fees, tips or rounding).',
		]);
	});

	it('the discount of a line hides in discount_allocations while total_discount says 0.00', () => {
		const line: Json = {
			id: 1,
			price: '99.00',
			quantity: 1,
			total_discount: '0.00',
			discount_allocations: [{ amount: '14.10' }, { amount: '5.00' }],
			tax_lines: [],
		};
		const net = (changes: Json) =>
			only(
				fromShopify('orders/paid', shopifyOrder({ line_items: [{ ...line, ...changes }] })),
				'order.paid',
			).order.lines[0].net;
		expect(net({})).toBe(7990);
		expect(net({ discount_allocations: [], total_discount: '9.00' })).toBe(9900);
		expect(net({ discount_allocations: undefined, total_discount: '9.00' })).toBe(9000);
	});

	it('the amount of a discount code is money even where its type is percentage: only the code is taken', () => {
		const body = shopifyOrder({
			discount_codes: [{ code: '0124D', amount: '29.10', type: 'percentage' }],
		});
		const order = only(fromShopify('orders/paid', body), 'order.paid').order;
		expect(order.discountCodes).toEqual(['0124D']);
		expect(order.total).toBe(2400);
	});

	it('total_price stays after refunds and cancelling while current_total_price falls to zero', () => {
		const body = shopifyOrder({
			financial_status: 'refunded',
			current_total_price: '0.00',
			refunds: [shopifyRefund()],
		});
		expect(only(fromShopify('orders/updated', body), 'order.paid').order.total).toBe(2400);
	});

	it('a refund without transactions is no money, whatever its lines cost', () => {
		expect(reasonOf(fromShopify('refunds/create', shopifyRefund({ transactions: [] })))).toBe(
			'refundWithoutPayment',
		);
	});

	it('numbers and strings stand for one amount in one object', () => {
		const lines = (line: Json) =>
			only(
				fromShopify(
					'refunds/create',
					shopifyRefund({
						refund_line_items: [{ line_item_id: 900001, quantity: 1, ...line }],
						order_adjustments: [],
						refund_shipping_lines: [],
					}),
				),
				'order.refunded',
			).refund.lines[0].amount;
		expect(lines({ subtotal: 11.9, subtotal_set: pair('11.90') })).toBe(1190);
		expect(lines({ subtotal: 11.9 })).toBe(1190);
		expect(lines({ subtotal: '11.90' })).toBe(1190);
		expect(lines({ subtotal: 11.900000000000002 })).toBe(1190);
	});

	it('properties come as a list, an object or null and none of them matters', () => {
		for (const properties of [[], {}, null, [{ name: 'x', value: 'y' }]]) {
			const [line] = shopifyOrder().line_items as Json[];
			const body = shopifyOrder({ line_items: [{ ...line, properties }] });
			expect(types(fromShopify('orders/paid', body))).toEqual(['order.paid']);
		}
	});

	it('a guest has no customer object, an empty e-mail, or only a phone number', () => {
		const customer = (changes: Json) =>
			only(fromShopify('orders/paid', shopifyOrder({ customer: null, ...changes })), 'order.paid')
				.order.customer;
		expect(customer({ email: '', contact_email: null, phone: null })).toBeNull();
		expect(customer({ email: '', contact_email: 'eve@example.com' })).toMatchObject({
			id: null,
			email: 'eve@example.com',
		});
		expect(customer({ email: '', contact_email: null, phone: '+491' })).toMatchObject({
			email: null,
			phone: '+491',
		});
	});

	it('the e-mail of the account goes before that of the order when they differ', () => {
		const order = only(
			fromShopify('orders/paid', shopifyOrder({ email: 'jon@example.com' })),
			'order.paid',
		).order;
		expect(order.customer?.email).toBe('ada@example.com');
	});

	it('a body without financial_status and currency is not "paid 0 USD"', () => {
		const body = shopifyOrder({
			financial_status: undefined,
			currency: undefined,
			total_price_set: undefined,
		});
		expect(fromShopify('orders/paid', body)).toEqual({
			ignored: {
				code: 'orderIncomplete',
				message: expect.stringContaining('#1042 came without currency, financial_status') as string,
			},
		});
	});

	it('a date nobody can read is null, and the next best date is taken', () => {
		const body = shopifyOrder({ created_at: '2024-09-16T03:50:1500:00' });
		const { order } = only(fromShopify('orders/paid', body), 'order.paid');
		expect(order.createdAt).toBeNull();
		expect(order.paidAt).toBe('2025-03-01T10:00:01.000Z');
		expect(
			reasonOf(
				fromShopify(
					'customers/create',
					{ id: 1, created_at: 'soon' },
					{ 'X-Shopify-Triggered-At': '' },
				),
			),
		).toBe('dateMissing');
	});

	it('consent has three answers: null is unknown, pending is unknown, not subscribed is no', () => {
		const consent = (customer: Json, order: Json = {}) =>
			only(
				fromShopify(
					'orders/paid',
					shopifyOrder({ customer: { id: 1, email: 'a@example.com', ...customer }, ...order }),
				),
				'order.paid',
			).order.customer?.consent;
		expect(consent({ email_marketing_consent: { state: 'subscribed' } })).toBe('yes');
		expect(consent({ email_marketing_consent: { state: 'not_subscribed' } })).toBe('no');
		expect(consent({ email_marketing_consent: { state: 'unsubscribed' } })).toBe('no');
		expect(consent({ email_marketing_consent: null })).toBe('unknown');
		expect(consent({})).toBe('unknown');
		expect(
			consent({ email_marketing_consent: { state: 'pending' } }, { buyer_accepts_marketing: true }),
		).toBe('unknown');
		expect(consent({ email_marketing_consent: null }, { buyer_accepts_marketing: true })).toBe(
			'yes',
		);
	});

	it('texts of any length, with characters no database takes, come out short and clean', () => {
		const body = shopifyOrder({ email: null, customer: { id: 1, email: `\0${'x'.repeat(9000)}` } });
		const { order } = only(fromShopify('orders/paid', body), 'order.paid');
		expect(order.customer?.email).toBe('x'.repeat(500));
	});

	it('older API versions say accepts_marketing instead of a consent object', () => {
		const customer = { id: 1, email: 'a@example.com', created_at: '2023-01-01T00:00:00Z' };
		const consent = (accepts_marketing: boolean) =>
			events(fromShopify('customers/create', { ...customer, accepts_marketing }))[0];
		expect(consent(true)).toMatchObject({ customer: { consent: 'yes' } });
		expect(consent(false)).toMatchObject({ customer: { consent: 'no' } });
	});
});

describe('traps of WooCommerce', () => {
	it('a partial refund keeps the status completed: refunds are told by their ids', () => {
		const body = wooOrder({
			status: 'completed',
			refunds: [
				{ id: 549, reason: 'Sold out', total: '-16.20' },
				{ id: 547, reason: '', total: '-8.10' },
			],
		});
		const reading = fromWoo('order.updated', body);
		expect(types(reading)).toEqual(['order.paid', 'order.refunded', 'order.refunded']);
		expect(events(reading)[1]).toMatchObject({
			refund: { id: '549', orderId: '727', amount: 1620, reason: 'Sold out' },
		});
		expect(only(reading, 'order.paid').order.paymentState).toBe('partiallyRefunded');
	});

	it('a deleted refund stays behind as id 0 with "-0.00" and is nothing', () => {
		const body = wooOrder({ refunds: [{ id: 0, reason: '', total: '-0.00' }] });
		expect(types(fromWoo('order.updated', body))).toEqual(['order.paid']);
	});

	it('gift cards lower the total: the canonical total is before them', () => {
		const body = wooOrder({
			total: '4.56',
			gift_cards: [
				{ id: 2, code: 'X', amount: 20 },
				{ id: 4, code: 'Y', amount: '4.00' },
			],
		});
		const { order } = only(fromWoo('order.updated', body), 'order.paid');
		expect(order.total).toBe(2856);
		expect(order.paidByCredit.giftCard).toBe(2400);
		expect(order.warnings).toEqual([]);
	});

	it('where an extension leaves the total alone, gift cards are not added twice', () => {
		const body = wooOrder({ gift_cards: [{ id: 2, code: 'X', amount: 20 }] });
		const { order } = only(fromWoo('order.updated', body), 'order.paid');
		expect(order.total).toBe(2856);
		expect(order.paidByCredit.giftCard).toBe(2000);
	});

	it('the first call is an unsigned form without a topic', () => {
		expect(reasonOf(fromWoo(null, { webhook_id: '123' }))).toBe('ping');
		expect(reasonOf(fromWoo(null, { webhook_id: 123 }))).toBe('ping');
		expect(reasonOf(fromWoo(null, wooOrder()))).toBe('topicMissing');
	});

	it('order.created comes for unpaid orders, and order.updated again and again for one change', () => {
		const unpaid = wooOrder({ status: 'pending', date_paid: null, date_paid_gmt: null });
		expect(types(fromWoo('order.created', unpaid))).toEqual(['order.created']);
		expect(types(fromWoo('order.created', wooOrder()))).toEqual(['order.paid']);
		const first = events(fromWoo('order.updated', wooOrder()));
		expect(events(fromWoo('order.updated', wooOrder()))).toEqual(first);
	});

	it('a status is the same with and without its prefix, in the order and in the list of paid ones', () => {
		const read = (status: string, paidStatuses: string[]) =>
			types(
				fromWoo('order.updated', wooOrder({ status, date_paid: null, date_paid_gmt: null }), {
					paidStatuses,
				}),
			);
		for (const written of ['shipped', 'wc-shipped', ' WC-Shipped ']) {
			expect(read('shipped', [written])).toEqual(['order.paid']);
			expect(read(written, ['shipped'])).toEqual(['order.paid']);
			expect(read(written, ['packed'])).toEqual(['order.created']);
		}
	});

	it('dates in _gmt carry no Z and are UTC', () => {
		const { order } = only(fromWoo('order.updated', wooOrder()), 'order.paid');
		expect(order.paidAt).toBe('2025-06-01T10:01:00.000Z');
	});

	it('a date only in site time is moved by what the other dates show the site is ahead of UTC', () => {
		const paidAt = (changes: Json) =>
			only(
				fromWoo('order.updated', wooOrder({ date_paid_gmt: undefined, ...changes })),
				'order.paid',
			).order.paidAt;
		expect(paidAt({})).toBe('2025-06-01T10:01:00.000Z');
		expect(paidAt({ date_created_gmt: undefined, date_modified_gmt: undefined })).toBe(
			'2025-06-01T12:01:00.000Z',
		);
		expect(paidAt({ date_paid: '2025-06-01T12:01:00+02:00' })).toBe('2025-06-01T10:01:00.000Z');
	});

	it('a guest is customer_id 0', () => {
		const customer = (changes: Json) =>
			only(fromWoo('order.updated', wooOrder(changes)), 'order.paid').order.customer;
		expect(customer({ customer_id: 0 })).toMatchObject({ id: null, email: 'ada@example.com' });
		expect(customer({ customer_id: 0, billing: { email: '', phone: '' } })).toBeNull();
	});

	it('the price of a line is a float and quantities may be fractions: only totals are counted', () => {
		const [line] = wooOrder().line_items as Json[];
		const body = wooOrder({
			line_items: [{ ...line, quantity: 1.5, price: 13.333333333333334, total: '20.00' }],
		});
		expect(only(fromWoo('order.updated', body), 'order.paid').order.lines[0]).toMatchObject({
			quantity: 1.5,
			net: 2000,
		});
	});

	it('names carry HTML entities', () => {
		const [line] = wooOrder().line_items as Json[];
		const title = (name: string) =>
			only(fromWoo('order.updated', wooOrder({ line_items: [{ ...line, name }] })), 'order.paid')
				.order.lines[0].title;
		expect(title('Fish &amp; Chips &#8211; &#x201C;large&#x201D;')).toBe('Fish & Chips – “large”');
		expect(title('R&D &unknown; &#0; &amp;lt;')).toBe('R&D &unknown; &#0; &lt;');
	});

	it('samples do not add up here either: a warning, not a refusal', () => {
		const { order } = only(fromWoo('order.updated', wooOrder({ total: '30.00' })), 'order.paid');
		expect(order.total).toBe(3000);
		expect(order.warnings).toEqual([
			'Lines, shipping and fees come to 28.56 EUR, the order to 30.00 EUR.',
		]);
	});

	it('the currency symbol is never the currency', () => {
		const body = wooOrder({ currency: 'AED', currency_symbol: 'د.إ' });
		expect(only(fromWoo('order.updated', body), 'order.paid').order.currency).toBe('AED');
		expect(reasonOf(fromWoo('order.updated', wooOrder({ currency: '€' })))).toBe('currencyUnknown');
	});
});
