import { createHmac, randomUUID } from 'node:crypto';

import { cents, decimal } from './money.mjs';

/**
 * Bodies and headers as Shopify sends them (Admin API 2025-01: decimal strings, `*_set` pairs, refund lines with numbers).
 * Ids are strings here and become bare numbers in the text, also beyond 2^53, where `JSON.stringify` would round them.
 */
const ID = /"@id:(\d+)"/g;
const id = (value) => (value === null ? null : `@id:${value}`);

export function shopifyText(body) {
	return JSON.stringify(body).replace(ID, '$1');
}

// Eighteen digits, as Shopify's own line ids have: more than a JavaScript number keeps.
const lineId = (orderId, index) =>
	String(((BigInt(orderId) * 10n + BigInt(index + 1)) % 10n ** 17n) + 10n ** 17n);

const pair = (amount, currency) => ({
	shop_money: { amount, currency_code: currency },
	presentment_money: { amount, currency_code: currency },
});

const product = (title) =>
	[...title].reduce((sum, char) => (sum * 33 + char.codePointAt(0)) % 9_000_000_000, 5381);

/**
 * An order. `lines: [{ title, sku, price: '25.00', quantity = 1, discount = '0.00', giftCard = false }]`;
 * `customer: { id, email, firstName, lastName }` or null for a guest with only `email`; `at` an ISO instant;
 * `status` the `financial_status`; `discountCodes: [{ code, amount }]`.
 */
export function shopifyOrder({
	orderId,
	number = 1001,
	customer,
	email = customer?.email ?? '',
	lines,
	currency = 'EUR',
	shipping = '0.00',
	at = new Date().toISOString(),
	status = 'paid',
	test = false,
	cancelledAt = null,
	discountCodes = [],
	refunds = [],
}) {
	const gross = lines.reduce((sum, line) => sum + cents(line.price) * (line.quantity ?? 1), 0);
	const discounts = lines.reduce((sum, line) => sum + cents(line.discount ?? '0.00'), 0);
	const subtotal = decimal(gross - discounts);
	const total = decimal(gross - discounts + cents(shipping));
	const refunded = refunds
		.flatMap(({ transactions }) => transactions)
		.reduce((sum, { amount }) => sum + cents(amount), 0);
	const currentTotal = decimal(cents(total) - refunded);
	return {
		id: id(orderId),
		admin_graphql_api_id: `gid://shopify/Order/${orderId}`,
		app_id: 580111,
		buyer_accepts_marketing: false,
		cancel_reason: cancelledAt === null ? null : 'customer',
		cancelled_at: cancelledAt,
		confirmed: true,
		contact_email: email === '' ? null : email,
		created_at: at,
		currency,
		current_subtotal_price: subtotal,
		current_total_discounts: decimal(discounts),
		current_total_price: currentTotal,
		current_total_price_set: pair(currentTotal, currency),
		current_total_tax: '0.00',
		customer_locale: 'en',
		discount_codes: discountCodes.map(({ code, amount }) => ({
			code,
			amount,
			type: 'fixed_amount',
		})),
		email,
		financial_status: status,
		fulfillment_status: null,
		landing_site: '/',
		name: `#${number}`,
		note: null,
		note_attributes: [],
		number: number - 1000,
		order_number: number,
		payment_gateway_names: ['shopify_payments'],
		phone: null,
		presentment_currency: currency,
		processed_at: at,
		source_name: 'web',
		subtotal_price: subtotal,
		subtotal_price_set: pair(subtotal, currency),
		tags: '',
		tax_lines: [],
		taxes_included: true,
		test,
		total_discounts: decimal(discounts),
		total_discounts_set: pair(decimal(discounts), currency),
		total_line_items_price: decimal(gross),
		total_line_items_price_set: pair(decimal(gross), currency),
		total_outstanding: '0.00',
		total_price: total,
		total_price_set: pair(total, currency),
		total_shipping_price_set: pair(shipping, currency),
		total_tax: '0.00',
		total_tax_set: pair('0.00', currency),
		updated_at: at,
		customer:
			customer === null || customer === undefined
				? null
				: {
						id: id(customer.id),
						email: customer.email,
						created_at: at,
						updated_at: at,
						first_name: customer.firstName,
						last_name: customer.lastName,
						state: 'enabled',
						verified_email: true,
						phone: null,
						email_marketing_consent: {
							state: 'subscribed',
							opt_in_level: 'single_opt_in',
							consent_updated_at: at,
						},
						sms_marketing_consent: null,
						tags: '',
						currency,
						admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
					},
		discount_applications: [],
		fulfillments: [],
		line_items: lines.map((line, index) => {
			const quantity = line.quantity ?? 1;
			return {
				id: id(lineId(orderId, index)),
				admin_graphql_api_id: `gid://shopify/LineItem/${lineId(orderId, index)}`,
				current_quantity: quantity,
				gift_card: line.giftCard ?? false,
				grams: 250,
				name: line.title,
				price: line.price,
				price_set: pair(line.price, currency),
				product_exists: true,
				product_id: product(line.title),
				properties: [],
				quantity,
				requires_shipping: true,
				sku: line.sku ?? '',
				taxable: true,
				title: line.title,
				total_discount: '0.00',
				variant_id: product(line.title) + 1,
				variant_title: null,
				vendor: 'Corner Roastery',
				tax_lines: [],
				duties: [],
				discount_allocations:
					line.discount === undefined
						? []
						: [
								{
									amount: line.discount,
									amount_set: pair(line.discount, currency),
									discount_application_index: 0,
								},
							],
			};
		}),
		refunds,
		shipping_lines:
			shipping === '0.00'
				? []
				: [
						{
							id: 271878346596884,
							price: shipping,
							discounted_price: shipping,
							title: 'Parcel',
							tax_lines: [],
							discount_allocations: [],
						},
					],
	};
}

/** A refund of some lines of an order made above: `lines: [{ index, quantity = 1 }]`. */
export function shopifyRefund(
	order,
	{ refundId, lines, at = new Date().toISOString(), note = 'Returned' },
) {
	const { currency } = order;
	const orderId = order.admin_graphql_api_id.split('/').at(-1);
	const refundLines = lines.map(({ index, quantity = 1 }) => {
		const line = order.line_items[index];
		const allocated = line.discount_allocations.reduce((sum, { amount }) => sum + cents(amount), 0);
		const amount = Math.round(
			((cents(line.price) * line.quantity - allocated) * quantity) / line.quantity,
		);
		return { line, quantity, amount };
	});
	const amount = decimal(refundLines.reduce((sum, line) => sum + line.amount, 0));
	return {
		id: id(refundId),
		admin_graphql_api_id: `gid://shopify/Refund/${refundId}`,
		order_id: id(orderId),
		created_at: at,
		processed_at: at,
		note,
		restock: true,
		duties: [],
		order_adjustments: [],
		refund_shipping_lines: [],
		refund_line_items: refundLines.map(({ line, quantity, amount: value }) => ({
			id: line.id,
			quantity,
			line_item_id: line.id,
			restock_type: 'return',
			subtotal: value / 100,
			total_tax: 0,
			subtotal_set: pair(decimal(value), currency),
			total_tax_set: pair('0.00', currency),
			line_item: line,
		})),
		transactions: [
			{
				id: id(lineId(refundId, 0)),
				order_id: id(orderId),
				kind: 'refund',
				status: 'success',
				amount,
				currency,
				gateway: 'shopify_payments',
				created_at: at,
				test: false,
			},
		],
	};
}

/** The signed request for a body (or a text, sent as it is). `secret: null` leaves the signature out. */
export function shopifyDelivery({
	topic,
	body,
	secret,
	shop = 'corner-roastery.myshopify.com',
	webhookId = randomUUID(),
	eventId = webhookId,
	at = new Date().toISOString(),
	test = false,
}) {
	const text = typeof body === 'string' ? body : shopifyText(body);
	return {
		text,
		headers: {
			'content-type': 'application/json',
			'user-agent': 'Shopify-Captain-Hook',
			'x-shopify-topic': topic,
			'x-shopify-shop-domain': shop,
			'x-shopify-api-version': '2025-01',
			'x-shopify-webhook-id': webhookId,
			'x-shopify-event-id': eventId,
			'x-shopify-triggered-at': at,
			...(test ? { 'x-shopify-test': 'true' } : {}),
			...(secret === null
				? {}
				: { 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(text).digest('base64') }),
		},
	};
}
