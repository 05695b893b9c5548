import { recogniseOrder } from '../../../engine/event';
import type { Json } from './bodies';
import { wooOrder } from './bodies';
import { events, fromWoo, only, reasonOf, types } from './reading';

describe('a paid WooCommerce order', () => {
	it('is reported with everything the rules ask for', () => {
		expect(events(fromWoo('order.updated', wooOrder()))).toEqual([
			{
				type: 'order.paid',
				platform: 'woocommerce',
				store: 'blue-mug.example/shop',
				occurredAt: '2025-06-01T10:01:00.000Z',
				test: false,
				order: {
					id: '727',
					number: '727',
					currency: 'EUR',
					createdAt: '2025-06-01T10:00:00.000Z',
					paidAt: '2025-06-01T10:01:00.000Z',
					updatedAt: '2025-06-01T10:05:00.000Z',
					cancelledAt: null,
					fulfilledAt: null,
					paymentState: 'paid',
					status: 'processing',
					customer: {
						id: '25',
						email: 'ada@example.com',
						phone: '+49 30 1234',
						firstName: 'Ada',
						lastName: 'Lovelace',
						locale: null,
						consent: 'unknown',
						orderCount: null,
						tags: [],
					},
					lines: [
						{
							id: '31',
							productId: '93',
							variantId: null,
							sku: null,
							title: 'Blue mug – large',
							quantity: 2,
							net: 2000,
							tax: 380,
							giftCard: false,
							categories: [],
							tags: [],
						},
					],
					shipping: { net: 400, tax: 76 },
					total: 2856,
					paidByCredit: { giftCard: 0, storeCredit: 0, points: 0 },
					discountCodes: ['welcome5'],
					channel: 'checkout',
					attribution: {
						landingSite: 'https://x.example/?ref=EVA42',
						referrer: 'https://news.example',
						source: 'news',
						medium: null,
						campaign: null,
						referralCode: 'EVA42',
					},
					warnings: [],
				},
			},
		]);
	});

	it('without a payment date counts by its status: processing and completed, unless the shop says otherwise', () => {
		const unpaid = { date_paid: null, date_paid_gmt: null };
		const read = (status: string, options = {}) =>
			types(fromWoo('order.updated', wooOrder({ ...unpaid, status }), options));
		expect(read('processing')).toEqual(['order.paid']);
		expect(read('completed')).toEqual(['order.paid']);
		expect(read('wc-completed')).toEqual(['order.paid']);
		expect(read('packing')).toEqual(['order.created']);
		expect(read('packing', { paidStatuses: ['wc-packing'] })).toEqual(['order.paid']);
		expect(read('processing', { paidStatuses: ['completed'] })).toEqual(['order.created']);
	});

	it('with a payment date is paid whatever plugins call its status', () => {
		expect(types(fromWoo('order.updated', wooOrder({ status: 'packing' })))).toEqual([
			'order.paid',
		]);
	});

	it('on cash on delivery counts from when it was placed, each time it is sent', () => {
		const body = wooOrder({ date_paid: null, date_paid_gmt: null });
		const later = { ...body, date_modified_gmt: '2025-07-01T00:00:00' };
		for (const sent of [body, later]) {
			expect(only(fromWoo('order.updated', sent), 'order.paid').occurredAt).toBe(
				'2025-06-01T10:00:00.000Z',
			);
		}
	});

	it('carries a gift card that was sold where the extension marks the line', () => {
		const [line] = wooOrder().line_items as Json[];
		const card = {
			...line,
			meta_data: [{ id: 1, key: 'wc_gc_giftcard_to_multiple', value: 'eve@x.y' }],
		};
		const order = only(
			fromWoo('order.updated', wooOrder({ line_items: [card] })),
			'order.paid',
		).order;
		expect(order.lines[0].giftCard).toBe(true);
	});

	it('lowers its lines by what a plugin takes off as a negative fee', () => {
		const [line] = wooOrder().line_items as Json[];
		const body = wooOrder({
			line_items: [
				{ ...line, id: 1, total: '15.00', total_tax: '0.00' },
				{ ...line, id: 2, total: '5.00', total_tax: '0.00' },
			],
			fee_lines: [
				{ id: 9, name: 'Points', total: '-4.00', total_tax: '0.00' },
				{ id: 10, name: 'Gift wrap', total: '2.00', total_tax: '0.00' },
			],
			total: '22.76',
		});
		const order = only(fromWoo('order.updated', body), 'order.paid').order;
		expect(order.lines.map(({ net }) => net)).toEqual([1200, 400]);
		expect(order.total).toBe(2276);
		expect(order.warnings).toEqual([]);
	});

	it('paid in the test mode of the gateway is a test', () => {
		const body = wooOrder({ meta_data: [{ id: 1, key: '_wcpay_mode', value: 'test' }] });
		expect(only(fromWoo('order.updated', body), 'order.paid').test).toBe(true);
	});
});

describe('unpaid and cancelled WooCommerce orders', () => {
	const unpaid = { date_paid: null, date_paid_gmt: null };

	it.each(['pending', 'on-hold', 'failed'])('%s is an order that is not paid', (status) => {
		const reading = fromWoo('order.created', wooOrder({ ...unpaid, status }));
		expect(only(reading, 'order.created').order).toMatchObject({ paymentState: 'unpaid', status });
	});

	it('cancelled before it was paid is only cancelled', () => {
		const reading = fromWoo('order.updated', wooOrder({ ...unpaid, status: 'cancelled' }));
		expect(types(reading)).toEqual(['order.cancelled']);
		expect(only(reading, 'order.cancelled').occurredAt).toBe('2025-06-01T10:05:00.000Z');
	});

	it('cancelled after it was paid is both', () => {
		expect(types(fromWoo('order.updated', wooOrder({ status: 'cancelled' })))).toEqual([
			'order.paid',
			'order.cancelled',
		]);
	});

	it.each(['draft', 'auto-draft', 'checkout-draft', 'trash'])('%s is no order', (status) => {
		expect(reasonOf(fromWoo('order.updated', wooOrder({ status })))).toBe('orderDraft');
	});
});

describe('WooCommerce refunds', () => {
	it('without a payment date says that only its status makes it paid, unless the owner said which ones do', () => {
		const body = wooOrder({ status: 'processing', date_paid: null, date_paid_gmt: null });
		expect(only(fromWoo('order.updated', body), 'order.paid').order.paidByStatus).toBe(true);
		const chosen = fromWoo('order.updated', body, { paidStatuses: ['processing'] });
		expect(only(chosen, 'order.paid').order).not.toHaveProperty('paidByStatus');
		const dated = only(fromWoo('order.updated', wooOrder()), 'order.paid').order;
		expect(dated).not.toHaveProperty('paidByStatus');
	});

	it('that was refunded without saying how is over, and was never to be counted', () => {
		const reading = fromWoo('order.updated', wooOrder({ status: 'refunded', refunds: [] }));
		expect(types(reading)).toEqual(['order.cancelled']);
	});

	it('refunded in full was paid once, also without a payment date', () => {
		const body = wooOrder({
			status: 'refunded',
			date_paid: null,
			date_paid_gmt: null,
			refunds: [{ id: 800, reason: '', total: '-28.56' }],
		});
		const reading = fromWoo('order.updated', body);
		expect(types(reading)).toEqual(['order.paid', 'order.refunded']);
		expect(only(reading, 'order.refunded').refund).toMatchObject({
			id: '800',
			amount: 2856,
			reason: null,
		});
	});

	it('take lines from refund resources that an earlier step put into the order', () => {
		const refunds = [
			{
				id: 801,
				amount: '11.90',
				reason: 'Fish &amp; Chips',
				line_items: [
					{
						id: 1,
						quantity: -1,
						total: '-10.00',
						total_tax: '-1.90',
						meta_data: [{ key: '_refunded_item_id', value: '31' }],
					},
				],
				shipping_lines: [],
			},
		];
		expect(only(fromWoo('order.updated', wooOrder({ refunds })), 'order.refunded').refund).toEqual({
			id: '801',
			orderId: '727',
			orderNumber: '727',
			currency: 'EUR',
			amount: 1190,
			shipping: 0,
			lines: [{ lineId: '31', quantity: 1, amount: 1190 }],
			reason: 'Fish & Chips',
		});
	});
});

describe('other WooCommerce webhooks', () => {
	it('a new customer', () => {
		const body = {
			id: 25,
			email: 'ada@example.com',
			date_created: '2025-06-01T12:00:00',
			date_created_gmt: '2025-06-01T10:00:00',
			billing: { phone: '+49', first_name: 'Ada' },
		};
		expect(events(fromWoo('customer.created', body))).toEqual([
			expect.objectContaining({
				type: 'customer.created',
				occurredAt: '2025-06-01T10:00:00.000Z',
				customer: expect.objectContaining({
					id: '25',
					email: 'ada@example.com',
					firstName: 'Ada',
					consent: 'unknown',
				}) as unknown,
			}),
		]);
	});

	it.each([
		'coupon.created',
		'coupon.deleted',
		'product.updated',
		'order.deleted',
		'action.woocommerce_add_to_cart',
	])('%s has no bearing on loyalty and says so', (topic) => {
		expect(reasonOf(fromWoo(topic, { id: 17 }))).toBe('topicIgnored');
	});

	it('an error of WordPress instead of the order, correctly signed, names the missing right', () => {
		const body = {
			code: 'woocommerce_rest_cannot_view',
			message: 'Sorry, you cannot view this resource.',
			data: { status: 401 },
		};
		expect(reasonOf(fromWoo('order.updated', body))).toBe('shopRefused');
	});

	it('an order whose total is below zero is refused, whatever its lines say', () => {
		expect(reasonOf(fromWoo('order.updated', wooOrder({ total: '-26.00' })))).toBe(
			'amountNegative',
		);
	});

	it('an order that lacks what it takes names every missing field', () => {
		expect(fromWoo('order.updated', { id: 5 })).toEqual({
			ignored: {
				code: 'orderIncomplete',
				message: expect.stringContaining('without currency, status, total') as string,
			},
		});
	});
});

describe('a WooCommerce order from another node, without topic and headers', () => {
	it('gives the same events, with the shop from the link to itself', () => {
		const link = (href: string) => ({ _links: { self: [{ href }] } });
		const store = (href: string) => only(recogniseOrder(wooOrder(link(href))), 'order.paid').store;
		expect(store('https://Blue-Mug.example/shop/wp-json/wc/v3/orders/727')).toBe(
			'blue-mug.example/shop',
		);
		expect(store('https://blue-mug.example/index.php?rest_route=/wc/v3/orders/727')).toBe(
			'blue-mug.example',
		);
		expect(store('https://blue-mug.example/?rest_route=/wc/v3/orders/727')).toBe(
			'blue-mug.example',
		);
		expect(only(recogniseOrder(wooOrder()), 'order.paid').store).toBe('woocommerce');
		expect(only(recogniseOrder(wooOrder(), { store: 'Shop.example' }), 'order.paid').store).toBe(
			'shop.example',
		);
	});
});
