import { readStoreEvent, recogniseOrder } from '../../../engine/event';
import type { Json } from './bodies';
import { pair, shopifyOrder, shopifyRefund } from './bodies';
import { events, fromShopify, only, reasonOf, types } from './reading';

const line = (changes: Json = {}): Json => ({
	...(shopifyOrder().line_items as Json[])[0],
	...changes,
});

describe('a paid Shopify order', () => {
	it('is reported with everything the rules ask for', () => {
		expect(events(fromShopify('orders/paid', shopifyOrder()))).toEqual([
			{
				type: 'order.paid',
				platform: 'shopify',
				store: 'blue-mug.myshopify.com',
				occurredAt: '2025-03-01T10:00:01.000Z',
				test: false,
				order: {
					id: '5800000000001',
					number: '#1042',
					currency: 'EUR',
					createdAt: '2025-03-01T10:00:00.000Z',
					paidAt: '2025-03-01T10:00:01.000Z',
					updatedAt: '2025-03-01T10:00:03.000Z',
					cancelledAt: null,
					fulfilledAt: null,
					paymentState: 'paid',
					status: 'paid',
					customer: {
						id: '7100000000001',
						email: 'ada@example.com',
						phone: null,
						firstName: 'Ada',
						lastName: 'Lovelace',
						locale: 'de',
						consent: 'yes',
						orderCount: null,
						tags: ['vip', 'wholesale'],
					},
					lines: [
						{
							id: '900001',
							productId: '100',
							variantId: '1001',
							sku: 'MUG-BLUE',
							title: 'Blue mug',
							quantity: 2,
							net: 1681,
							tax: 319,
							giftCard: false,
							categories: [],
							tags: [],
						},
					],
					shipping: { net: 336, tax: 64 },
					total: 2400,
					paidByCredit: { giftCard: 0, storeCredit: 0, points: 0 },
					discountCodes: ['WELCOME5'],
					channel: 'web',
					attribution: {
						landingSite:
							'/products/mug?utm_source=news&utm_medium=email&utm_campaign=spring&ref=EVA42',
						referrer: 'https://news.example',
						source: 'news',
						medium: 'email',
						campaign: 'spring',
						referralCode: 'EVA42',
					},
					warnings: [],
				},
			},
		]);
	});

	it('is paid under whatever topic its body arrives', () => {
		for (const topic of ['orders/create', 'orders/paid', 'orders/updated', 'orders/fulfilled']) {
			expect(types(fromShopify(topic, shopifyOrder()))).toEqual(['order.paid']);
		}
	});

	describe('was paid', () => {
		const paidAt = (topic: string, changes: Json) =>
			only(fromShopify(topic, shopifyOrder(changes)), 'order.paid').occurredAt;
		const transferred = { updated_at: '2025-03-21T08:00:00Z' };

		it('when it was placed, if it was paid at the checkout, whichever topic is heard first', () => {
			for (const topic of ['orders/create', 'orders/paid', 'orders/updated']) {
				expect(paidAt(topic, {})).toBe('2025-03-01T10:00:01.000Z');
				expect(paidAt(topic, { updated_at: '2025-03-01T10:00:04Z' })).toBe(
					'2025-03-01T10:00:01.000Z',
				);
			}
		});

		it('when the body was written, if that was later, whichever topic is heard first', () => {
			for (const topic of ['orders/paid', 'orders/updated', 'orders/fulfilled']) {
				expect(paidAt(topic, transferred)).toBe('2025-03-21T08:00:00.000Z');
			}
		});

		it('at the latest when money of it was paid back or it was cancelled', () => {
			const refunds = [
				shopifyRefund({ processed_at: '2025-03-05T08:00:00Z', transactions: [] }),
				shopifyRefund({ processed_at: '2025-03-10T08:00:00Z' }),
			];
			expect(paidAt('orders/updated', { ...transferred, refunds })).toBe(
				'2025-03-10T08:00:00.000Z',
			);
			expect(
				paidAt('orders/updated', { ...transferred, refunds, cancelled_at: '2025-03-08T08:00:00Z' }),
			).toBe('2025-03-08T08:00:00.000Z');
		});

		it('when its last payment went through, where the body lists payments', () => {
			const transactions = [
				{ kind: 'sale', status: 'success', processed_at: '2025-03-20T08:00:00Z', amount: '24.00' },
			];
			for (const topic of ['orders/paid', 'orders/updated']) {
				expect(paidAt(topic, { ...transferred, transactions })).toBe('2025-03-20T08:00:00.000Z');
			}
		});

		it('when it was placed, for an old order that another node looked up', () => {
			expect(only(recogniseOrder(shopifyOrder(transferred)), 'order.paid').occurredAt).toBe(
				'2025-03-01T10:00:01.000Z',
			);
		});

		it('at the one time there is, where others are missing', () => {
			const none = { created_at: null, processed_at: null };
			expect(paidAt('orders/paid', none)).toBe('2025-03-01T10:00:03.000Z');
			expect(paidAt('orders/paid', { ...transferred, updated_at: 'soon' })).toBe(
				'2025-03-01T10:00:01.000Z',
			);
		});
	});

	it('keeps prices and tax apart where prices do not include tax', () => {
		const order = only(
			fromShopify(
				'orders/paid',
				shopifyOrder({
					taxes_included: false,
					total_price: '27.83',
					total_price_set: pair('27.83'),
				}),
			),
			'order.paid',
		).order;
		expect(order.lines[0]).toMatchObject({ net: 2000, tax: 319 });
		expect(order.shipping).toEqual({ net: 400, tax: 64 });
		expect(order.warnings).toEqual([]);
	});

	it('knows a line that sells a gift card', () => {
		const order = only(
			fromShopify('orders/paid', shopifyOrder({ line_items: [line({ gift_card: true })] })),
			'order.paid',
		).order;
		expect(order.lines[0].giftCard).toBe(true);
	});

	it('takes categories and tags that an earlier step put on a line', () => {
		const enriched = line({ categories: ['Mugs', { id: 7, name: 'Kitchen' }], tags: 'blue, new' });
		const order = only(
			fromShopify('orders/paid', shopifyOrder({ line_items: [enriched] })),
			'order.paid',
		).order;
		expect(order.lines[0]).toMatchObject({
			categories: ['Mugs', 'Kitchen'],
			tags: ['blue', 'new'],
		});
	});

	it('takes a referral code from the notes of the order before the landing page', () => {
		const body = shopifyOrder({ note_attributes: [{ name: 'Referral Code', value: 'BOB7' }] });
		expect(
			only(fromShopify('orders/paid', body), 'order.paid').order.attribution.referralCode,
		).toBe('BOB7');
	});

	it('shares a discount out over lines that carry none, if they then come to the subtotal', () => {
		const old = (id: number, price: string, ownDiscount: string) =>
			line({
				id,
				quantity: 1,
				price,
				price_set: undefined,
				total_discount: ownDiscount,
				discount_allocations: undefined,
				tax_lines: [],
			});
		const nets = (changes: Json) =>
			only(
				fromShopify(
					'orders/paid',
					shopifyOrder({
						total_discounts: '25.00',
						subtotal_price: '84.99',
						line_items: [old(1, '75.00', '5.00'), old(2, '34.99', '0.00')],
						...changes,
					}),
				),
				'order.paid',
			).order.lines.map(({ net }) => net);
		expect(nets({})).toEqual([5667, 2832]);
		expect(nets({ total_discounts: '5.00', subtotal_price: '104.99' })).toEqual([7000, 3499]);
		// Shipping was free: the discount is none of the goods'.
		expect(nets({ subtotal_price: '104.99' })).toEqual([7000, 3499]);
		expect(nets({ subtotal_price: undefined })).toEqual([7000, 3499]);
		const allocated = { ...old(2, '34.99', '0.00'), discount_allocations: [] };
		expect(nets({ line_items: [old(1, '75.00', '5.00'), allocated] })).toEqual([7000, 3499]);
	});

	it('shares its tax out over lines that carry none, and says so', () => {
		const lines = [line({ id: 1, tax_lines: undefined }), line({ id: 2, tax_lines: undefined })];
		const order = only(
			fromShopify(
				'orders/paid',
				shopifyOrder({ taxes_included: false, line_items: lines, total_tax: '3.83' }),
			),
			'order.paid',
		).order;
		expect(order.lines.map(({ tax }) => tax)).toEqual([192, 191]);
		expect(order.warnings.join()).toContain('carry no tax');
	});
});

describe('money in a Shopify order', () => {
	it('is in the shop currency even when the customer paid in another', () => {
		const body = shopifyOrder({
			presentment_currency: 'JPY',
			total_price_set: pair('24.00', 'EUR', '3840', 'JPY'),
			refunds: [
				shopifyRefund({
					transactions: [
						{ kind: 'refund', status: 'success', amount: '1920', currency: 'JPY', gateway: 'x' },
					],
				}),
			],
		});
		const reading = fromShopify('orders/updated', body);
		expect(only(reading, 'order.paid').order).toMatchObject({ currency: 'EUR', total: 2400 });
		expect(only(reading, 'order.refunded').refund).toMatchObject({ currency: 'EUR', amount: 1200 });
	});

	it('of a lone refund in another currency is converted at the rate of its own amounts, to the cent', () => {
		const body = shopifyRefund({
			order_adjustments: [],
			refund_shipping_lines: [],
			refund_line_items: [
				{
					line_item_id: 900001,
					quantity: 1,
					subtotal: 16.37,
					subtotal_set: pair('10.01', 'EUR', '16.37', 'USD'),
					total_tax_set: pair('0.00', 'EUR', '0.00', 'USD'),
				},
			],
			transactions: [{ kind: 'refund', status: 'success', amount: '16.37', currency: 'USD' }],
		});
		expect(only(fromShopify('refunds/create', body), 'order.refunded').refund).toMatchObject({
			currency: 'EUR',
			amount: 1001,
			lines: [{ lineId: '900001', quantity: 1, amount: 1001 }],
		});
	});

	it('that cannot be converted is a reason, not a guess', () => {
		const body = shopifyRefund({
			transactions: [{ kind: 'refund', status: 'success', amount: '16.37', currency: 'USD' }],
		});
		expect(reasonOf(fromShopify('refunds/create', body))).toBe('exchangeRateMissing');
	});

	it('that is no exact amount in the currency is a reason that names order and field', () => {
		const reading = fromShopify(
			'orders/paid',
			shopifyOrder({ total_price: '24.005', total_price_set: null }),
		);
		expect(reading).toEqual({
			ignored: {
				code: 'amountTooPrecise',
				message: expect.stringMatching(/order #1042: total_price .*24\.005/) as string,
			},
		});
	});

	it('is refused where it is larger than exact numbers go', () => {
		const body = shopifyOrder({
			line_items: [line({ price: '90071992547409.91', price_set: null, quantity: 1000 })],
		});
		expect(reasonOf(fromShopify('orders/paid', body))).toBe('amountTooLarge');
	});

	it('below zero in one of its two places is refused, whatever the other says', () => {
		const body = shopifyOrder({ total_price: '-24.00' });
		expect(reasonOf(fromShopify('orders/paid', body))).toBe('amountNegative');
	});

	it('below zero is no order that a customer placed, whatever its lines say', () => {
		const body = shopifyOrder({ total_price: '-24.00', total_price_set: pair('-24.00') });
		expect(reasonOf(fromShopify('orders/paid', body))).toBe('amountNegative');
	});
});

describe('payment by gift card or store credit at Shopify', () => {
	const paidByCredit = (changes: Json) =>
		only(fromShopify('orders/paid', shopifyOrder(changes)), 'order.paid').order;

	it('is exact where the order lists its payments', () => {
		const transactions = [
			{ kind: 'sale', status: 'success', gateway: 'gift_card', amount: '10.00', currency: 'EUR' },
			{ kind: 'sale', status: 'failure', gateway: 'gift_card', amount: '24.00', currency: 'EUR' },
			{
				kind: 'capture',
				status: 'success',
				gateway: 'shopify_store_credit',
				amount: '4.50',
				currency: 'EUR',
			},
			{
				kind: 'sale',
				status: 'success',
				gateway: 'shopify_payments',
				amount: '9.50',
				currency: 'EUR',
			},
		];
		const order = paidByCredit({ transactions });
		expect(order.total).toBe(2400);
		expect(order.paidByCredit).toEqual({ giftCard: 1000, storeCredit: 450, points: 0 });
	});

	it('is the whole total where the gift card is the only gateway', () => {
		expect(paidByCredit({ payment_gateway_names: ['gift_card'] }).paidByCredit.giftCard).toBe(2400);
		expect(
			paidByCredit({ payment_gateway_names: ['shopify_store_credit'] }).paidByCredit.storeCredit,
		).toBe(2400);
	});

	it('is what is no longer owed on an order paid in part', () => {
		const body = shopifyOrder({
			financial_status: 'partially_paid',
			payment_gateway_names: ['gift_card'],
			total_outstanding: '9.00',
		});
		expect(
			only(fromShopify('orders/updated', body), 'order.created').order.paidByCredit.giftCard,
		).toBe(1500);
	});

	it('is not guessed where several gateways share the payment, and the order says so', () => {
		const order = paidByCredit({ payment_gateway_names: ['shopify_payments', 'gift_card'] });
		expect(order.paidByCredit.giftCard).toBe(0);
		expect(order.warnings.join()).toContain('does not say how much');
	});
});

describe('unpaid and cancelled Shopify orders', () => {
	it.each([
		['pending', 'unpaid'],
		['authorized', 'authorized'],
		['partially_paid', 'partiallyPaid'],
		['voided', 'voided'],
		['expired', 'unpaid'],
		['some_new_word', 'unpaid'],
	])('%s is an order that exists and is not paid', (status, state) => {
		const reading = fromShopify('orders/create', shopifyOrder({ financial_status: status }));
		expect(types(reading)).toEqual(['order.created']);
		expect(only(reading, 'order.created').order).toMatchObject({
			paymentState: state,
			paidAt: null,
		});
	});

	it('a cancelled unpaid order is only cancelled', () => {
		const body = shopifyOrder({
			financial_status: 'voided',
			cancelled_at: '2025-03-02T10:00:00Z',
			cancel_reason: 'customer',
		});
		const reading = fromShopify('orders/cancelled', body);
		expect(types(reading)).toEqual(['order.cancelled']);
		expect(only(reading, 'order.cancelled')).toMatchObject({
			occurredAt: '2025-03-02T10:00:00.000Z',
			reason: 'customer',
		});
	});

	it('an order that was refunded without saying how is over, and was never to be counted', () => {
		const reading = fromShopify(
			'orders/updated',
			shopifyOrder({ financial_status: 'refunded', refunds: [] }),
		);
		expect(types(reading)).toEqual(['order.cancelled']);
		expect(only(reading, 'order.cancelled').reason).toBe('refunded in full');
	});

	it('a cancelled and refunded order was paid once: paid, refunded, cancelled', () => {
		const body = shopifyOrder({
			financial_status: 'refunded',
			cancelled_at: '2025-03-10T10:00:00Z',
			refunds: [shopifyRefund()],
		});
		expect(types(fromShopify('orders/cancelled', body))).toEqual([
			'order.paid',
			'order.refunded',
			'order.cancelled',
		]);
	});
});

describe('Shopify refunds', () => {
	it('are what was paid back, with shipping counted once and the goods with tax', () => {
		expect(events(fromShopify('refunds/create', shopifyRefund()))).toEqual([
			{
				type: 'order.refunded',
				platform: 'shopify',
				store: 'blue-mug.myshopify.com',
				occurredAt: '2025-03-10T08:00:02.000Z',
				test: false,
				customer: null,
				refund: {
					id: '880001',
					orderId: '5800000000001',
					orderNumber: null,
					currency: 'EUR',
					amount: 1200,
					shipping: 200,
					lines: [{ lineId: '900001', quantity: 1, amount: 1000 }],
					reason: 'Handle broken',
				},
			},
		]);
	});

	it('add tax to the lines where prices do not include it', () => {
		const body = shopifyRefund({
			transactions: [{ kind: 'refund', status: 'success', amount: '13.60', currency: 'EUR' }],
		});
		expect(only(fromShopify('refunds/create', body), 'order.refunded').refund.lines).toEqual([
			{ lineId: '900001', quantity: 1, amount: 1160 },
		]);
	});

	it('share out over the lines what was paid back when it is less than they were worth', () => {
		const body = shopifyRefund({
			order_adjustments: [{ kind: 'refund_discrepancy', amount: '5.00' }],
			refund_shipping_lines: [],
			transactions: [{ kind: 'refund', status: 'success', amount: '5.00', currency: 'EUR' }],
		});
		expect(only(fromShopify('refunds/create', body), 'order.refunded').refund).toMatchObject({
			amount: 500,
			shipping: 0,
			lines: [{ amount: 500 }],
		});
	});

	it('leave customs duties out, and take nothing where only duties were paid back', () => {
		const body = (paidBack: string) =>
			shopifyRefund({
				duties: [{ duty_id: 1, amount_set: pair('3.00') }],
				transactions: [{ kind: 'refund', status: 'success', amount: paidBack, currency: 'EUR' }],
			});
		expect(only(fromShopify('refunds/create', body('15.00')), 'order.refunded').refund).toEqual(
			expect.objectContaining({
				amount: 1200,
				shipping: 200,
				lines: [{ lineId: '900001', quantity: 1, amount: 1000 }],
			}),
		);
		expect(reasonOf(fromShopify('refunds/create', body('3.00')))).toBe('refundOfDuties');
	});

	it('of shipping alone are all shipping, with the tax that comes on top of it', () => {
		const shippingRefund = (paidBack: string, line: Json) =>
			shopifyRefund({
				refund_line_items: [],
				order_adjustments: [],
				refund_shipping_lines: [{ id: 3, subtotal_amount_set: pair('10.00'), ...line }],
				transactions: [{ kind: 'refund', status: 'success', amount: paidBack, currency: 'EUR' }],
			});
		const shippingOf = (taxesIncluded: boolean, refund: Json) => {
			const alone = only(fromShopify('refunds/create', refund), 'order.refunded').refund;
			const order = shopifyOrder({ taxes_included: taxesIncluded, refunds: [refund] });
			const inside = only(fromShopify('orders/updated', order), 'order.refunded').refund;
			expect({ ...alone, orderNumber: '#1042' }).toEqual(inside);
			return alone.shipping;
		};
		const stated = { tax_amount_set: pair('2.00') };
		const repeated = {
			shipping_line: {
				discounted_price_set: pair('20.00'),
				tax_lines: [{ price_set: pair('4.00'), rate: 0.2 }],
			},
		};
		expect(shippingOf(false, shippingRefund('12.00', stated))).toBe(1200);
		expect(shippingOf(false, shippingRefund('12.00', repeated))).toBe(1200);
		expect(shippingOf(true, shippingRefund('10.00', stated))).toBe(1000);
		expect(shippingOf(true, shippingRefund('10.00', repeated))).toBe(1000);
	});

	describe('give each line the same alone and inside their order', () => {
		const lineOf = (id: number, subtotal: string, tax: string, taxLines: Json[]): Json => ({
			line_item_id: id,
			quantity: 1,
			subtotal_set: pair(subtotal),
			total_tax_set: pair(tax),
			line_item: { id, quantity: 1, price: subtotal, tax_lines: taxLines },
		});
		const linesOf = (taxesIncluded: boolean, refund: Json) => {
			const alone = fromShopify('refunds/create', refund);
			const inside = fromShopify(
				'orders/updated',
				shopifyOrder({
					financial_status: 'partially_refunded',
					taxes_included: taxesIncluded,
					refunds: [refund],
				}),
			);
			const amountsOf = (reading: typeof alone) =>
				only(reading, 'order.refunded').refund.lines.map(({ amount }) => amount);
			expect(amountsOf(alone)).toEqual(amountsOf(inside));
			return amountsOf(alone);
		};
		const partOf = (paidBack: string, lines: Json[], changes: Json = {}) =>
			shopifyRefund({
				refund_line_items: lines,
				order_adjustments: [],
				refund_shipping_lines: [],
				transactions: [{ kind: 'refund', status: 'success', amount: paidBack, currency: 'EUR' }],
				...changes,
			});
		const rate = [{ price: '19.00', rate: 0.19 }];

		it('where prices include tax, as the rate of one of the lines shows', () => {
			const lines = [lineOf(1, '119.00', '19.00', rate), lineOf(2, '100.00', '0.00', [])];
			expect(linesOf(true, partOf('150.00', lines))).toEqual([8151, 6849]);
		});

		it('where tax comes on top, as the rate shows', () => {
			const lines = [lineOf(1, '100.00', '19.00', rate), lineOf(2, '100.00', '0.00', [])];
			expect(linesOf(false, partOf('150.00', lines))).toEqual([8151, 6849]);
			// The goods without their tax were paid back, which looks as if prices included it.
			expect(linesOf(false, partOf('200.00', lines))).toEqual([10868, 9132]);
		});

		it('without rates, as the money shows that the shop withheld', () => {
			const withheld = (amount: string) => ({
				order_adjustments: [{ kind: 'refund_discrepancy', amount, amount_set: pair(amount) }],
			});
			const within = [lineOf(1, '119.00', '19.00', []), lineOf(2, '100.00', '0.00', [])];
			expect(linesOf(true, partOf('150.00', within, withheld('69.00')))).toEqual([8151, 6849]);
			const onTop = [lineOf(1, '100.00', '19.00', []), lineOf(2, '100.00', '0.00', [])];
			expect(linesOf(false, partOf('200.00', onTop, withheld('19.00')))).toEqual([10868, 9132]);
		});
	});

	it('inside an updated order come beside the order, one event each, with its customer and number', () => {
		const body = shopifyOrder({
			financial_status: 'partially_refunded',
			refunds: [
				shopifyRefund(),
				shopifyRefund({ id: 880002, admin_graphql_api_id: 'gid://shopify/Refund/880002' }),
				shopifyRefund({ id: 880003, admin_graphql_api_id: undefined, transactions: [] }),
			],
		});
		const reading = fromShopify('orders/updated', body);
		expect(types(reading)).toEqual(['order.paid', 'order.refunded', 'order.refunded']);
		const [paid, first, second] = events(reading);
		expect(first).toMatchObject({
			refund: { id: '880001', orderNumber: '#1042' },
			customer: { email: 'ada@example.com' },
		});
		expect(second).toMatchObject({ refund: { id: '880002' } });
		expect(paid).toMatchObject({
			order: { warnings: [expect.stringContaining('Refund 880003 has no successful payment')] },
		});
	});

	it('count payments that failed or void nothing as no money', () => {
		const transactions = [
			{ kind: 'refund', status: 'failure', amount: '5.00', currency: 'EUR' },
			{ kind: 'refund', status: 'error', amount: '5.00', currency: 'EUR' },
			{ kind: 'void', status: 'success', amount: '5.00', currency: 'EUR' },
			{ kind: 'sale', status: 'success', amount: '5.00', currency: 'EUR' },
		];
		expect(reasonOf(fromShopify('refunds/create', shopifyRefund({ transactions })))).toBe(
			'refundWithoutPayment',
		);
	});

	it('wait until all of the money has gone through, and then come whole', () => {
		const refund = (bank: string) =>
			shopifyRefund({
				transactions: [
					{ kind: 'refund', status: 'success', amount: '4.00', currency: 'EUR' },
					{ kind: 'refund', status: bank, amount: '8.00', currency: 'EUR' },
				],
			});
		const updated = (bank: string) =>
			fromShopify(
				'orders/updated',
				shopifyOrder({ financial_status: 'partially_refunded', refunds: [refund(bank)] }),
			);
		expect(reasonOf(fromShopify('refunds/create', refund('pending')))).toBe('refundPending');
		expect(types(updated('pending'))).toEqual(['order.paid']);
		expect(only(updated('pending'), 'order.paid').order.warnings).toEqual([
			expect.stringContaining('Refund 880001 waits for its payment'),
		]);
		expect(only(updated('success'), 'order.refunded').refund.amount).toBe(1200);
		// The bank may still refuse: the order is not over, even if Shopify calls it refunded already.
		const early = shopifyOrder({ financial_status: 'refunded', refunds: [refund('pending')] });
		expect(types(fromShopify('orders/updated', early))).toEqual(['order.paid']);
		expect(only(updated('failure'), 'order.refunded').refund.amount).toBe(400);
	});

	it('a refund says how much of it went back to the gift card', () => {
		const back = (gateway: string, amount: string) => ({
			kind: 'refund',
			status: 'success',
			amount,
			currency: 'EUR',
			gateway,
		});
		const body = shopifyRefund({
			transactions: [back('gift_card', '5.00'), back('bogus', '7.00')],
		});
		expect(only(fromShopify('refunds/create', body), 'order.refunded').refund).toMatchObject({
			amount: 1200,
			credit: 500,
		});
	});
});

describe('other Shopify webhooks', () => {
	it('a new customer', () => {
		const body = {
			id: 7100000000001,
			email: 'ada@example.com',
			phone: '+4930123',
			created_at: '2025-02-01T10:00:00+01:00',
			orders_count: 3,
			tags: '',
			email_marketing_consent: { state: 'not_subscribed' },
		};
		expect(events(fromShopify('customers/create', body))).toEqual([
			{
				type: 'customer.created',
				platform: 'shopify',
				store: 'blue-mug.myshopify.com',
				occurredAt: '2025-02-01T09:00:00.000Z',
				test: false,
				customer: {
					id: '7100000000001',
					email: 'ada@example.com',
					phone: '+4930123',
					firstName: null,
					lastName: null,
					locale: null,
					consent: 'no',
					orderCount: 3,
					tags: [],
				},
			},
		]);
	});

	it('a checkout, open or completed', () => {
		const body = {
			id: 35374569160817,
			token: 'abc',
			email: 'ada@example.com',
			currency: 'EUR',
			total_price: '24.00',
			created_at: 'not a date',
			updated_at: '2025-03-01T10:00:00Z',
			completed_at: null,
			abandoned_checkout_url: 'https://blue-mug.example/recover',
			line_items: [{ product_id: 100, title: 'Blue mug', quantity: 2, properties: {} }],
		};
		expect(events(fromShopify('checkouts/update', body))[0]).toMatchObject({
			type: 'checkout.opened',
			occurredAt: '2025-03-01T10:00:00.000Z',
			checkout: {
				id: '35374569160817',
				total: 2400,
				completedAt: null,
				recoveryUrl: 'https://blue-mug.example/recover',
				customer: { email: 'ada@example.com' },
				lines: [{ productId: '100', title: 'Blue mug', quantity: 2 }],
			},
		});
	});

	it.each(['carts/update', 'products/create', 'orders/delete', 'app/uninstalled'])(
		'%s has no bearing on loyalty and says so',
		(topic) => {
			expect(reasonOf(fromShopify(topic, { id: 1 }))).toBe('topicIgnored');
		},
	);

	it('an edit names lines but no amounts, so the order that follows counts', () => {
		expect(reasonOf(fromShopify('orders/edited', { order_edit: { order_id: 1 } }))).toBe(
			'topicIgnored',
		);
	});

	it('topic, shop and time also come in the headers without X-', () => {
		const reading = readStoreEvent({
			platform: 'shopify',
			headers: { 'shopify-topic': 'orders/paid', 'shopify-shop-domain': 'blue-mug.myshopify.com' },
			body: shopifyOrder(),
		});
		expect(events(reading)[0]).toMatchObject({
			type: 'order.paid',
			store: 'blue-mug.myshopify.com',
		});
	});

	it('a request without a topic is told so', () => {
		expect(reasonOf(fromShopify('', shopifyOrder()))).toBe('topicMissing');
	});
});

describe('a Shopify order from another node, without topic and headers', () => {
	it('gives the same events, also wrapped as the REST API does', () => {
		const reading = recogniseOrder(shopifyOrder(), { store: 'Blue-Mug.myshopify.com' });
		expect(only(reading, 'order.paid')).toMatchObject({
			store: 'blue-mug.myshopify.com',
			order: { id: '5800000000001', total: 2400 },
		});
		expect(types(recogniseOrder({ order: shopifyOrder() }))).toEqual(['order.paid']);
		expect(types(recogniseOrder(shopifyRefund()))).toEqual(['order.refunded']);
		expect(types(recogniseOrder({ refund: shopifyRefund() }))).toEqual(['order.refunded']);
	});

	it('takes the shop from the link to the order when nobody names it', () => {
		const body = shopifyOrder({ order_status_url: 'https://Blue-Mug.myshopify.com/1/orders/x' });
		expect(only(recogniseOrder(body), 'order.paid').store).toBe('blue-mug.myshopify.com');
		expect(only(recogniseOrder(shopifyOrder()), 'order.paid').store).toBe('shopify');
	});

	it('is also found in the whole request that the Webhook node hands on, where the headers count', () => {
		const request = (headers: Json) =>
			recogniseOrder({ headers, params: {}, query: {}, body: shopifyOrder() });
		expect(
			only(
				request({
					'x-shopify-topic': 'orders/paid',
					'x-shopify-shop-domain': 'Blue-Mug.myshopify.com',
				}),
				'order.paid',
			).store,
		).toBe('blue-mug.myshopify.com');
		expect(types(request({ host: 'n8n.example' }))).toEqual(['order.paid']);
		expect(reasonOf(request({ 'x-wc-webhook-topic': 'product.updated' }))).toBe('topicIgnored');
		expect(reasonOf(request({ 'x-shopify-topic': 'orders/delete' }))).toBe('topicIgnored');
	});

	it('is not confused with a checkout, a customer, a list or nothing', () => {
		expect(
			reasonOf(recogniseOrder({ id: 1, token: 't', line_items: [], total_price: '1.00' })),
		).toBe('notAnOrder');
		expect(reasonOf(recogniseOrder({ id: 1, email: 'a@b.c' }))).toBe('notAnOrder');
		expect(reasonOf(recogniseOrder({ orders: [shopifyOrder()] }))).toBe('orderList');
		expect(reasonOf(recogniseOrder([shopifyOrder()]))).toBe('orderList');
		for (const nothing of [null, undefined, 1, 'x', {}]) {
			expect(reasonOf(recogniseOrder(nothing))).toBe('notAnOrder');
		}
	});
});
