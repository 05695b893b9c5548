/** Small bodies in the shape the platforms document, for tests to change one thing in. */
export type Json = Record<string, unknown>;

export const SHOPIFY_HEADERS = {
	'X-Shopify-Shop-Domain': 'Blue-Mug.myshopify.com',
	'X-Shopify-Triggered-At': '2025-03-01T10:00:05.123456789Z',
};

/** A pair of amounts as Shopify writes it. */
export function pair(
	shop: string,
	shopCurrency = 'EUR',
	theirs = shop,
	theirCurrency = shopCurrency,
) {
	return {
		shop_money: { amount: shop, currency_code: shopCurrency },
		presentment_money: { amount: theirs, currency_code: theirCurrency },
	};
}

/** Two mugs and a voucher of 5.00 over the order: 2 × 12.50 − 5.00 + 4.00 shipping = 24.00 EUR, tax included 19 %. */
export function shopifyOrder(changes: Json = {}): Json {
	return {
		id: 5800000000001,
		admin_graphql_api_id: 'gid://shopify/Order/5800000000001',
		name: '#1042',
		order_number: 1042,
		created_at: '2025-03-01T11:00:00+01:00',
		processed_at: '2025-03-01T11:00:01+01:00',
		updated_at: '2025-03-01T11:00:03+01:00',
		cancelled_at: null,
		currency: 'EUR',
		presentment_currency: 'EUR',
		financial_status: 'paid',
		fulfillment_status: null,
		test: false,
		taxes_included: true,
		total_price: '24.00',
		total_price_set: pair('24.00'),
		current_total_price: '24.00',
		total_tax: '3.83',
		total_outstanding: '0.00',
		total_discounts: '5.00',
		payment_gateway_names: ['shopify_payments'],
		discount_codes: [{ code: 'WELCOME5', amount: '5.00', type: 'fixed_amount' }],
		email: 'ada@example.com',
		phone: null,
		customer_locale: 'de',
		source_name: 'web',
		landing_site: '/products/mug?utm_source=news&utm_medium=email&utm_campaign=spring&ref=EVA42',
		referring_site: 'https://news.example',
		note_attributes: [],
		customer: {
			id: 7100000000001,
			email: 'ada@example.com',
			first_name: 'Ada',
			last_name: 'Lovelace',
			phone: null,
			tags: 'vip, wholesale',
			email_marketing_consent: { state: 'subscribed', opt_in_level: 'single_opt_in' },
		},
		line_items: [
			{
				id: 900001,
				product_id: 100,
				variant_id: 1001,
				sku: 'MUG-BLUE',
				title: 'Blue mug',
				quantity: 2,
				price: '12.50',
				price_set: pair('12.50'),
				total_discount: '0.00',
				gift_card: false,
				discount_allocations: [{ amount: '5.00', amount_set: pair('5.00') }],
				tax_lines: [{ price: '3.19', price_set: pair('3.19'), rate: 0.19 }],
			},
		],
		shipping_lines: [
			{
				id: 1,
				price: '4.00',
				discounted_price: '4.00',
				discounted_price_set: pair('4.00'),
				tax_lines: [{ price: '0.64', price_set: pair('0.64'), rate: 0.19 }],
			},
		],
		refunds: [],
		...changes,
	};
}

/** One mug given back: 10.00 for the goods, 2.00 of the shipping, paid back by the gateway. */
export function shopifyRefund(changes: Json = {}): Json {
	return {
		id: 880001,
		admin_graphql_api_id: 'gid://shopify/Refund/880001',
		order_id: 5800000000001,
		created_at: '2025-03-10T09:00:00+01:00',
		processed_at: '2025-03-10T09:00:02+01:00',
		note: 'Handle broken',
		refund_line_items: [
			{
				id: 1,
				line_item_id: 900001,
				quantity: 1,
				subtotal: 10,
				subtotal_set: pair('10.00'),
				total_tax: 1.6,
				total_tax_set: pair('1.60'),
			},
		],
		order_adjustments: [
			{
				id: 2,
				kind: 'shipping_refund',
				amount: '-1.68',
				amount_set: pair('-1.68'),
				tax_amount: '-0.32',
				tax_amount_set: pair('-0.32'),
			},
		],
		refund_shipping_lines: [{ id: 3, subtotal_amount_set: pair('2.00') }],
		transactions: [
			{ id: 4, kind: 'refund', status: 'success', amount: '12.00', currency: 'EUR', gateway: 'x' },
		],
		...changes,
	};
}

export const WOO_HEADERS = { 'X-WC-Webhook-Source': 'https://Blue-Mug.example/shop/' };

/** Two mugs less a coupon, shipping and tax: 20.00 + 3.80 + 4.00 + 0.76 = 28.56 EUR. The site is two hours ahead of UTC. */
export function wooOrder(changes: Json = {}): Json {
	return {
		id: 727,
		number: '727',
		status: 'processing',
		currency: 'EUR',
		order_key: 'wc_order_abc',
		date_created: '2025-06-01T12:00:00',
		date_created_gmt: '2025-06-01T10:00:00',
		date_modified: '2025-06-01T12:05:00',
		date_modified_gmt: '2025-06-01T10:05:00',
		date_paid: '2025-06-01T12:01:00',
		date_paid_gmt: '2025-06-01T10:01:00',
		date_completed: null,
		date_completed_gmt: null,
		discount_total: '5.00',
		shipping_total: '4.00',
		shipping_tax: '0.76',
		total: '28.56',
		total_tax: '4.56',
		prices_include_tax: false,
		customer_id: 25,
		created_via: 'checkout',
		billing: {
			first_name: 'Ada',
			last_name: 'Lovelace',
			email: 'ada@example.com',
			phone: '+49 30 1234',
		},
		meta_data: [
			{ id: 1, key: '_wc_order_attribution_utm_source', value: 'news' },
			{ id: 2, key: '_wc_order_attribution_referrer', value: 'https://news.example' },
			{ id: 3, key: '_wc_order_attribution_session_entry', value: 'https://x.example/?ref=EVA42' },
		],
		line_items: [
			{
				id: 31,
				name: 'Blue mug &ndash; large',
				product_id: 93,
				variation_id: 0,
				quantity: 2,
				subtotal: '25.00',
				total: '20.00',
				total_tax: '3.80',
				price: 10,
				sku: '',
				meta_data: [],
			},
		],
		coupon_lines: [{ id: 5, code: 'welcome5', discount: '5.00' }],
		fee_lines: [],
		refunds: [],
		...changes,
	};
}
