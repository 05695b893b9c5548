import { createHmac, randomUUID } from 'node:crypto';

import { cents, decimal } from './money.mjs';

/** WooCommerce writes UTC without saying so: `2026-01-05T10:00:00`. */
const zoneless = (at) => at.slice(0, 19);

/**
 * An order as WooCommerce's REST v3 and its webhooks show it. `lines: [{ name, sku, total: '25.00', quantity = 1 }]`, totals
 * after discounts; `refunds: [{ id, total: '12.00', reason }]` (positive here, negative in the body, as WooCommerce has it).
 */
export function wooOrder({
	orderId,
	customer,
	customerId = customer?.id ?? 0,
	lines,
	currency = 'EUR',
	shipping = '0.00',
	at = new Date().toISOString(),
	modifiedAt = at,
	status = 'processing',
	paid = true,
	refunds = [],
	coupons = [],
}) {
	const goods = lines.reduce((sum, line) => sum + cents(line.total), 0);
	const total = decimal(goods + cents(shipping));
	const [created, modified] = [zoneless(at), zoneless(modifiedAt)];
	const address = {
		first_name: customer?.firstName ?? '',
		last_name: customer?.lastName ?? '',
		company: '',
		address_1: '969 Market',
		address_2: '',
		city: 'San Francisco',
		state: 'CA',
		postcode: '94103',
		country: 'US',
	};
	return {
		id: orderId,
		parent_id: 0,
		status,
		currency,
		version: '9.4.2',
		prices_include_tax: false,
		date_created: created,
		date_modified: modified,
		discount_total: '0.00',
		discount_tax: '0.00',
		shipping_total: shipping,
		shipping_tax: '0.00',
		cart_tax: '0.00',
		total,
		total_tax: '0.00',
		customer_id: customerId,
		order_key: `wc_order_${orderId}`,
		billing: { ...address, email: customer?.email ?? '', phone: '' },
		shipping: address,
		payment_method: 'stripe',
		payment_method_title: 'Card',
		transaction_id: '',
		customer_ip_address: '',
		customer_user_agent: '',
		created_via: 'checkout',
		customer_note: '',
		date_completed: null,
		date_paid: paid ? created : null,
		cart_hash: '',
		number: String(orderId),
		meta_data: [],
		line_items: lines.map((line, index) => ({
			id: orderId * 10 + index,
			name: line.name,
			product_id: 93 + index,
			variation_id: 0,
			quantity: line.quantity ?? 1,
			tax_class: '',
			subtotal: line.total,
			subtotal_tax: '0.00',
			total: line.total,
			total_tax: '0.00',
			taxes: [],
			meta_data: [],
			sku: line.sku ?? '',
			price: cents(line.total) / 100 / (line.quantity ?? 1),
		})),
		tax_lines: [],
		shipping_lines:
			shipping === '0.00'
				? []
				: [
						{
							id: 317,
							method_title: 'Flat Rate',
							method_id: 'flat_rate',
							total: shipping,
							total_tax: '0.00',
							taxes: [],
							meta_data: [],
						},
					],
		fee_lines: [],
		coupon_lines: coupons.map((code, index) => ({
			id: 500 + index,
			code,
			discount: '0.00',
			discount_tax: '0.00',
			meta_data: [],
		})),
		refunds: refunds.map(({ id, total: amount, reason = '' }) => ({
			id,
			reason,
			total: `-${amount}`,
		})),
		payment_url: '',
		is_editable: false,
		needs_payment: !paid,
		needs_processing: paid,
		date_created_gmt: created,
		date_modified_gmt: modified,
		date_completed_gmt: null,
		date_paid_gmt: paid ? created : null,
		currency_symbol: '€',
		_links: { self: [{ href: `https://shop.example.com/wp-json/wc/v3/orders/${orderId}` }] },
	};
}

/** The signed request for a body (or a text, sent as it is). `secret: null` leaves the signature out. */
export function wooDelivery({
	topic,
	body,
	secret,
	source = 'https://shop.example.com/',
	deliveryId = randomUUID().replaceAll('-', ''),
	webhookId = 7,
}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const [resource, event] = topic.split('.');
	return {
		text,
		headers: {
			'content-type': 'application/json',
			'user-agent': 'WooCommerce/9.4.2 Hookshot (WordPress/6.7)',
			'x-wc-webhook-source': source,
			'x-wc-webhook-topic': topic,
			'x-wc-webhook-resource': resource,
			'x-wc-webhook-event': event,
			'x-wc-webhook-id': String(webhookId),
			'x-wc-webhook-delivery-id': deliveryId,
			...(secret === null
				? {}
				: { 'x-wc-webhook-signature': createHmac('sha256', secret).update(text).digest('base64') }),
		},
	};
}

/** What WooCommerce sends when a webhook is saved: a form field, unsigned. */
export function wooPing(webhookId = 7) {
	return {
		text: `webhook_id=${webhookId}`,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			'user-agent': 'WooCommerce/9.4.2 Hookshot (WordPress/6.7)',
		},
	};
}
