import { readCustomers, readOrders } from '../../../../engine/insight/input';
import { summariseOrders } from '../../../../engine/insight/purchase';
import type { CustomerSummaries } from '../../../../engine/insight/types';

const SHOPIFY = {
	id: 450789469,
	name: '#1001',
	email: 'Bob@Example.com',
	created_at: '2026-03-10T09:00:00-05:00',
	processed_at: '2026-03-09T23:30:00-05:00',
	currency: 'USD',
	financial_status: 'paid',
	cancelled_at: null,
	test: false,
	total_price: '409.94',
	current_total_price: '409.94',
	customer: { id: 207119551, first_name: 'Bob', last_name: 'Norman' },
	line_items: [
		{
			product_id: 632910392,
			title: 'IPod Nano',
			name: 'IPod Nano - 8GB',
			quantity: 1,
			current_quantity: 1,
			price: '199.00',
		},
		{ product_id: 5, title: 'Sent back', quantity: 1, current_quantity: 0, price: '10.00' },
	],
};

const WOO = {
	id: 727,
	status: 'processing',
	currency: 'USD',
	date_created: '2026-03-22T23:28:02',
	date_created_gmt: '2026-03-23T02:28:02',
	total: '29.35',
	customer_id: 0,
	billing: { first_name: 'John', last_name: 'Doe', email: 'john.doe@example.com' },
	line_items: [
		{ product_id: 22, name: 'Ship Your Idea &ndash; Black', quantity: 1, total: '12.00' },
	],
	refunds: [] as Array<{ id: number; total: string }>,
};

const CHARGE = {
	object: 'charge',
	id: 'ch_1',
	amount: 1099,
	amount_refunded: 99,
	currency: 'eur',
	created: 1_772_000_000,
	livemode: true,
	status: 'succeeded',
	customer: 'cus_9',
	billing_details: { email: 'jenny@example.com', name: 'Jenny' },
};

describe('rows of the Shopify node', () => {
	it('give the order at the time it was made, with its lines and customer', () => {
		const { orders, contacts, sources, currency } = readOrders([SHOPIFY], {});
		expect(orders).toEqual([
			{
				id: 'shopify:450789469',
				customer: 'bob@example.com',
				date: '2026-03-09T23:30:00-05:00',
				amount: '409.94',
				refunded: 0,
				cancelled: false,
				test: false,
				lines: [
					{
						product: '632910392',
						name: 'IPod Nano',
						category: undefined,
						quantity: 1,
						amount: '199.00',
					},
				],
			},
		]);
		expect(contacts.get('bob@example.com')).toEqual({
			email: 'bob@example.com',
			customerId: '207119551',
			name: 'Bob Norman',
		});
		expect(sources.shopify).toBe(1);
		expect(currency).toBe('USD');
	});

	it('leave out test, cancelled, voided and refunded orders, and take off partial refunds', () => {
		const made = tallied([
			{ ...SHOPIFY, id: 1, test: true },
			{ ...SHOPIFY, id: 2, cancelled_at: '2026-03-10T00:00:00Z' },
			{ ...SHOPIFY, id: 3, financial_status: 'voided' },
			{ ...SHOPIFY, id: 4, financial_status: 'refunded' },
			{ ...SHOPIFY, id: 5, current_total_price: '400.00' },
			{
				...SHOPIFY,
				id: 6,
				current_total_price: undefined,
				refunds: [
					{
						transactions: [
							{ kind: 'refund', status: 'success', amount: '9.94' },
							{ kind: 'refund', status: 'failure', amount: '300.00' },
						],
					},
				],
			},
			{ ...SHOPIFY, id: 5, current_total_price: '400.00' },
		]);
		expect(made.tally.excluded).toMatchObject({ test: 1, cancelled: 2, refunded: 1, duplicate: 1 });
		expect(made.tally).toMatchObject({ counted: 2, partlyRefunded: 2 });
		expect(made.spend[0]).toBeCloseTo(800, 9);
	});
});

describe('rows of the WooCommerce node', () => {
	it('are dated in UTC and known by e-mail when bought as a guest', () => {
		const { orders, contacts } = readOrders([WOO], {});
		expect(orders[0]).toMatchObject({
			id: 'woocommerce:727',
			customer: 'john.doe@example.com',
			date: '2026-03-23T02:28:02Z',
			amount: '29.35',
			lines: [{ product: '22', name: 'Ship Your Idea – Black' }],
		});
		expect(contacts.get('john.doe@example.com')).toMatchObject({
			customerId: null,
			name: 'John Doe',
		});
	});

	it('do not count unless paid or on hold, and know refunds by their negative totals', () => {
		const statuses = ['completed', 'on-hold', 'pending', 'failed', 'cancelled', 'refunded'];
		const made = tallied([
			...statuses.map((status, id) => ({ ...WOO, id, status })),
			{ ...WOO, id: 9, refunds: [{ id: 1, total: '-9.35' }] },
		]);
		expect(made.tally).toMatchObject({
			counted: 3,
			partlyRefunded: 1,
			excluded: { cancelled: 3, refunded: 1 },
		});
		expect(made.spend[0]).toBeCloseTo(29.35 * 2 + 20, 9);
	});
});

describe('rows of the Stripe node', () => {
	it('come out in the currency, not in cents', () => {
		const { orders } = readOrders(
			[CHARGE, { ...CHARGE, id: 'ch_2', currency: 'jpy', amount_refunded: 0 }],
			{},
		);
		expect(orders[0]).toMatchObject({
			id: 'stripe:ch_1',
			customer: 'jenny@example.com',
			date: 1_772_000_000_000,
			amount: 10.99,
			refunded: 0.99,
		});
		expect(orders[1].amount).toBe(1099);
	});

	it('do not count when failed or made in test mode', () => {
		const made = tallied([
			{ ...CHARGE, id: 'a', status: 'failed' },
			{ ...CHARGE, id: 'b', livemode: false },
			CHARGE,
		]);
		expect(made.tally).toMatchObject({ counted: 1, excluded: { cancelled: 1, test: 1 } });
	});
});

describe('rows of a spreadsheet', () => {
	it('are understood by their column names', () => {
		const { orders, fields, contacts } = readOrders(
			[
				{
					'Order No.': 'A-1',
					'E-Mail': 'anna@example.com',
					'Order Date': '31.01.2026',
					'Grand Total': '1.049,90 €',
					Status: 'paid',
					Products: 'Coffee; Filter, large',
					Category: 'Kitchen',
				},
				{
					'Order No.': 'A-2',
					'E-Mail': 'anna@example.com',
					'Order Date': '01.02.2026',
					'Grand Total': '1.000',
					Status: 'Cancelled',
				},
			],
			{},
		);
		expect(fields).toMatchObject({
			id: 'Order No.',
			email: 'E-Mail',
			date: 'Order Date',
			amount: 'Grand Total',
		});
		expect(orders[0]).toMatchObject({
			id: 'A-1',
			customer: 'anna@example.com',
			date: '2026-01-31',
			amount: 1049.9,
			lines: [{ product: 'Coffee' }, { product: 'Filter, large' }],
		});
		expect(orders[1]).toMatchObject({ amount: 1000, cancelled: true });
		expect(contacts.size).toBe(1);
	});

	it('are understood in the columns of the CDNOW file', () => {
		const rows = [
			{ customer_id: 1, date: 19970101, units: 1, amount: 11.77 },
			{ customer_id: 1, date: 19970118, units: 2, amount: 5 },
		];
		const made = tallied(rows);
		expect(made).toMatchObject({ count: 1, customer: ['1'] });
		expect(made.lastDay[0] - made.firstDay[0]).toBe(17);
	});

	it('use the fields that are chosen, also deeper ones', () => {
		const { orders } = readOrders(
			[{ who: { no: 7 }, email: 'x@example.com', when: '2026-01-01', worth: 5, total: 99 }],
			{ fields: { customer: 'who.no', date: 'when', amount: 'worth' } },
		);
		expect(orders[0]).toMatchObject({ customer: '7', date: '2026-01-01', amount: 5 });
	});

	it('with one row a line become one order for each order number', () => {
		const { orders, rowsOfOrder } = readOrders(
			[
				{
					Name: '#1',
					Email: 'a@example.com',
					Total: '30.00',
					'Created at': '2026-01-01 10:00:00 +0100',
					'Lineitem name': 'Tea',
				},
				{ Name: '#1', Email: '', Total: '', 'Created at': '', 'Lineitem name': 'Cup' },
				{
					Name: '#2',
					Email: 'a@example.com',
					Total: '5.00',
					'Created at': '2026-01-02 10:00:00 +0100',
					'Lineitem name': 'Tea',
				},
			],
			{ rowIs: 'line' },
		);
		expect(rowsOfOrder).toEqual([[0, 1], [2]]);
		expect(orders[0]).toMatchObject({
			id: '#1',
			customer: 'a@example.com',
			amount: 30,
			lines: [{ product: 'Tea' }, { product: 'Cup' }],
		});
		expect(orders[1]).toMatchObject({ amount: 5 });
	});

	it('with dates that could be read two ways are left out with a warning', () => {
		const rows = [{ email: 'a@example.com', date: '03/04/2026', amount: 1 }];
		expect(readOrders(rows, {})).toMatchObject({
			orders: [{ date: '' }],
			warnings: [{ code: 'unclear_dates' }],
		});
		expect(readOrders(rows, { dateOrder: 'monthFirst' })).toMatchObject({
			orders: [{ date: '2026-03-04' }],
			warnings: [],
		});
	});
});

describe('customers', () => {
	it('are one whether they ordered as a guest or with their account', () => {
		const made = tallied([
			{ ...WOO, id: 1, customer_id: 26 },
			{ ...WOO, id: 2, customer_id: 0 },
			{ ...WOO, id: 3, customer_id: 26, billing: {} },
		]);
		expect(made.count).toBe(1);
		expect(made.tally.counted).toBe(3);
	});

	it('without id and e-mail are named, and do not stop the others', () => {
		const input = readOrders([{ ...WOO, billing: {} }, null, 'x', 5, [], SHOPIFY], {});
		expect(input.orders).toHaveLength(6);
		expect(input.faults[0]).toEqual({
			row: 0,
			message: 'Order 727 has no customer id or e-mail address.',
		});
		expect(input.faults).toHaveLength(5);
	});

	it('warn when orders are in several currencies', () => {
		const input = readOrders([WOO, { ...WOO, id: 2 }, { ...WOO, id: 3, currency: 'EUR' }], {});
		expect(input.currency).toBe('USD');
		expect(input.warnings[0].message).toContain('USD in 2 orders, EUR in 1 orders');
	});
});

describe('rows that are customers already', () => {
	it('are understood by their column names', () => {
		const input = readCustomers(
			[
				{
					Email: 'Anna@Example.com',
					'Orders Count': '3',
					'Total Spent': '150,50',
					'First order': '01.01.2026',
					'Last order': '15.03.2026',
					Referrals: 2,
				},
				{ Email: 'b@example.com', 'Orders Count': 1, 'Total Spent': 5, 'Last order': '2026-02-01' },
			],
			{},
		);
		expect(input.customers).toEqual([
			{
				customer: 'anna@example.com',
				transactions: 3,
				firstDate: '2026-01-01',
				lastDate: '2026-03-15',
				spend: 150.5,
			},
			{
				customer: 'b@example.com',
				transactions: 1,
				firstDate: '2026-02-01',
				lastDate: '2026-02-01',
				spend: 5,
			},
		]);
		expect(input.referrals).toEqual([2, 0]);
	});
});

function tallied(rows: unknown[]): CustomerSummaries {
	const made = summariseOrders(readOrders(rows, {}).orders, {
		zone: 'America/New_York',
		asOf: '2026-06-30',
	});
	if (!made.ok) throw new Error(made.reason.message);
	return made.value;
}
