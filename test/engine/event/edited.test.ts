import type { Reading } from '../../../engine/event';
import { Programme } from '../support/programme';
import type { Json } from './bodies';
import { pair, shopifyOrder, shopifyRefund } from './bodies';
import { events, fromShopify, only, types } from './reading';

const line = (id: number, price: string, changes: Json = {}): Json => ({
	id,
	title: `Product ${id}`,
	quantity: 1,
	current_quantity: 1,
	price,
	price_set: pair(price),
	discount_allocations: [],
	tax_lines: [],
	...changes,
});

/** A refund as an edit writes it: goods, and no money unless stated. */
const takenOut = (lineId: number, subtotal: string, changes: Json = {}): Json =>
	shopifyRefund({
		refund_line_items: [
			{
				line_item_id: lineId,
				quantity: 1,
				subtotal_set: pair(subtotal),
				total_tax_set: pair('0.00'),
			},
		],
		refund_shipping_lines: [],
		order_adjustments: [],
		transactions: [],
		...changes,
	});

const money = (amount: string, status = 'success'): Json[] => [
	{ kind: 'refund', status, amount, currency: 'EUR' },
];

/** An order of 60 and 40 of which the 40 was taken out. */
const edited = (changes: Json = {}): Json =>
	shopifyOrder({
		total_price: '100.00',
		total_price_set: pair('100.00'),
		current_total_price: '60.00',
		total_outstanding: '0.00',
		total_tax: '0.00',
		shipping_lines: [],
		line_items: [line(1, '60.00'), line(2, '40.00', { current_quantity: 0 })],
		refunds: [takenOut(2, '40.00')],
		...changes,
	});

const orderOf = (body: Json) => only(fromShopify('orders/updated', body), 'order.paid').order;
const worthOf = (body: Json) => {
	const { lines, total } = orderOf(body);
	return { lines: lines.map(({ net, tax }) => net + tax), total };
};

describe('goods taken out of a Shopify order', () => {
	it('before anybody paid for them do not count, and the order says so', () => {
		expect(worthOf(edited())).toEqual({ lines: [6000, 0], total: 6000 });
		expect(orderOf(edited()).warnings).toEqual([
			expect.stringContaining('Goods for 40.00 EUR were taken out'),
			expect.stringContaining('Refund 880001 has no successful payment'),
		]);
	});

	it('in exchange for cheaper ones count as far as they were charged, and the money back takes the rest', () => {
		const swap = edited({
			financial_status: 'partially_refunded',
			total_price: '478.00',
			total_price_set: pair('478.00'),
			current_total_price: '199.00',
			line_items: [line(1, '279.00', { current_quantity: 0 }), line(2, '199.00')],
			refunds: [
				takenOut(1, '279.00'),
				takenOut(1, '0.00', {
					id: 880002,
					admin_graphql_api_id: undefined,
					refund_line_items: [],
					transactions: money('80.00'),
				}),
			],
		});
		expect(worthOf(swap)).toEqual({ lines: [8000, 19900], total: 27900 });
		const { refund } = only(fromShopify('orders/updated', swap), 'order.refunded');
		expect(refund).toMatchObject({ amount: 8000, lines: [] });
	});

	it('in exchange for cheaper ones leave the points of what was kept, whatever is heard first', async () => {
		const bought = edited({
			total_price: '279.00',
			total_price_set: pair('279.00'),
			current_total_price: '279.00',
			line_items: [line(1, '279.00')],
			refunds: [],
		});
		const back = takenOut(1, '0.00', {
			id: 880002,
			admin_graphql_api_id: undefined,
			refund_line_items: [],
			transactions: money('80.00'),
		});
		const swapped = edited({
			financial_status: 'partially_refunded',
			total_price: '478.00',
			total_price_set: pair('478.00'),
			current_total_price: '199.00',
			line_items: [line(1, '279.00', { current_quantity: 0 }), line(2, '199.00')],
			refunds: [takenOut(1, '279.00'), back],
		});
		const pointsAfter = async (...readings: Reading[]) => {
			const programme = new Programme();
			for (const reading of readings) await programme.hear(...events(reading));
			return programme.state('ada@example.com').balance;
		};
		const paid = fromShopify('orders/paid', bought);
		const updated = fromShopify('orders/updated', swapped);
		const refunded = fromShopify('refunds/create', back);
		expect(await pointsAfter(paid, updated, refunded)).toBe(199);
		expect(await pointsAfter(paid, refunded, updated)).toBe(199);
		expect(await pointsAfter(updated, paid)).toBe(199);
		expect(await pointsAfter(refunded, updated)).toBe(199);
	});

	it('in exchange for dearer ones leave what was paid in all', () => {
		const swap = edited({
			total_price: '478.00',
			total_price_set: pair('478.00'),
			current_total_price: '279.00',
			line_items: [line(1, '199.00', { current_quantity: 0 }), line(2, '279.00')],
			refunds: [takenOut(1, '199.00')],
		});
		expect(worthOf(swap)).toEqual({ lines: [0, 27900], total: 27900 });
	});

	it('after they were paid for stay, because their refund takes the points', () => {
		const body = edited({
			financial_status: 'partially_refunded',
			refunds: [takenOut(2, '40.00', { transactions: money('40.00') })],
		});
		expect(worthOf(body)).toEqual({ lines: [6000, 4000], total: 10000 });
		expect(types(fromShopify('orders/updated', body))).toEqual(['order.paid', 'order.refunded']);
	});

	it.each([
		['the shop still owes it', { total_outstanding: '-40.00' }],
		[
			'the refund states it as a difference',
			{
				refunds: [
					takenOut(2, '40.00', {
						order_adjustments: [{ kind: 'refund_discrepancy', amount: '40.00' }],
					}),
				],
			},
		],
		[
			'it waits for the bank',
			{ refunds: [takenOut(2, '40.00', { transactions: money('40.00', 'pending') })] },
		],
		[
			'only a part of it was paid back',
			{ refunds: [takenOut(2, '40.00', { transactions: money('30.00') })] },
		],
		[
			'a fee was kept of it',
			{
				refunds: [
					takenOut(2, '40.00', {
						transactions: money('30.00'),
						order_adjustments: [{ kind: 'refund_discrepancy', amount: '10.00' }],
					}),
				],
			},
		],
	])('after they were paid for stay where the money is with the shop: %s', (_, changes) => {
		expect(worthOf(edited(changes))).toEqual({ lines: [6000, 4000], total: 10000 });
	});

	it('lose their share of several pieces, to the cent and in their own proportion of net and tax', () => {
		const taxed = (price: string) => [{ price, price_set: pair(price), rate: 0.19 }];
		const body = edited({
			total_price: '109.97',
			total_price_set: pair('109.97'),
			current_total_price: '43.32',
			line_items: [
				line(1, '33.33', { quantity: 3, current_quantity: 1, tax_lines: taxed('15.96') }),
				line(2, '9.98', { tax_lines: taxed('1.59') }),
			],
		});
		const { lines, total } = orderOf(body);
		expect(lines.map(({ net, tax }) => [net, tax])).toEqual([
			[2802, 532],
			[839, 159],
		]);
		expect(total).toBe(4332);
	});

	it.each([
		['the worth of the order as it now is', { current_total_price: undefined }],
		['what is owed', { total_outstanding: null }],
		['the refunds', { refunds: undefined }],
		['an amount that can be read', { current_total_price: 'many' }],
		['a paid order that owes nothing', { total_outstanding: '60.00' }],
		['what of each line is left', { line_items: [line(1, '60.00'), line(2, '40.00')] }],
	])('are not guessed at without %s', (_, changes) => {
		expect(worthOf(edited(changes))).toEqual({ lines: [6000, 4000], total: 10000 });
	});

	it('are counted in the shop currency where the customer paid in another', () => {
		const body = edited({
			total_price_set: pair('100.00', 'EUR', '110.00', 'USD'),
			current_total_price_set: pair('50.00', 'EUR', '55.00', 'USD'),
			refunds: [
				takenOut(2, '40.00'),
				takenOut(1, '0.00', {
					refund_line_items: [],
					transactions: [{ kind: 'refund', status: 'success', amount: '11.00', currency: 'USD' }],
				}),
			],
		});
		expect(worthOf(body)).toEqual({ lines: [6000, 0], total: 6000 });
	});

	it('do not matter to an order that is not paid', () => {
		const reading = fromShopify('orders/updated', edited({ financial_status: 'pending' }));
		expect(only(reading, 'order.created').order.total).toBe(10000);
	});
});
