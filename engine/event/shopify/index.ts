import type { Body } from '../body';
import { field, firstText, flagAt, objectAt, textAt } from '../body';
import { asInstant, instantAt } from '../dates';
import type { Customer, OrderRefunded, StoreEvent } from '../storeEvent';
import type { Delivery, Headers, ReadOptions, Reading, StoreReader } from '../storeReader';
import { header, ignored } from '../storeReader';
import { readCheckout } from './checkout';
import { readCustomer } from './customer';
import { orderExchange } from './exchange';
import { orderName, readOrder } from './order';
import { wasPaid } from './payment';
import type { RefundedOrder } from './refund';
import { readRefund, refundBodies } from './refund';

/** Topics whose body is the whole order as it now stands. */
const ORDER_TOPICS: ReadonlySet<string> = new Set([
	'orders/create',
	'orders/paid',
	'orders/updated',
	'orders/cancelled',
	'orders/fulfilled',
	'orders/partially_fulfilled',
	'orders/edited',
]);

/**
 * Shopify, REST webhooks. What an order topic is called does not matter, what its body says does: the test body that
 * Shopify sends for `orders/paid` is voided and cancelled.
 */
export const shopify: StoreReader = {
	platform: 'shopify',

	read({ topic: named, headers, body }: Delivery, options: ReadOptions): Reading {
		const topic = (
			named ??
			header(headers, 'x-shopify-topic', 'shopify-topic') ??
			''
		).toLowerCase();
		const context: Context = {
			topic,
			store: storeOf(headers, body, options),
			test: header(headers, 'x-shopify-test', 'shopify-test') === 'true',
			triggeredAt: asInstant(header(headers, 'x-shopify-triggered-at', 'shopify-triggered-at')),
		};
		if (topic === 'orders/edited' && objectAt(body, 'order_edit')) {
			return ignored(
				'topicIgnored',
				'An orders/edited webhook names the lines that changed but no amounts; orders/updated brings the order as it now stands.',
			);
		}
		if (ORDER_TOPICS.has(topic)) return readOrderBody(unwrap(body, 'order'), context);
		if (topic === 'refunds/create') return readRefundBody(unwrap(body, 'refund'), context);
		if (topic === 'customers/create') return readCustomerBody(unwrap(body, 'customer'), context);
		if (topic === 'checkouts/create' || topic === 'checkouts/update') {
			return readCheckoutBody(unwrap(body, 'checkout'), context);
		}
		return topic === ''
			? ignored('topicMissing', 'The request does not say which Shopify topic it is about.')
			: ignored('topicIgnored', `Shopify topic ${topic.slice(0, 80)} has no bearing on loyalty.`);
	},

	recognise(body: Body, options: ReadOptions): Reading | null {
		const order = unwrap(body, 'order');
		const refund = unwrap(body, 'refund');
		const context = (part: Body): Context => ({
			topic: null,
			store: storeOf({}, part, options),
			test: false,
			triggeredAt: null,
		});
		if (looksLikeOrder(order)) return readOrderBody(order, context(order));
		if (looksLikeRefund(refund)) return readRefundBody(refund, context(refund));
		return null;
	},
};

interface Context {
	readonly topic: string | null;
	readonly store: string;
	/** Shopify's own word that this is a test notification. */
	readonly test: boolean;
	/** When the event happened by the header; unsigned, so only the last resort for bodies that carry no time. */
	readonly triggeredAt: string | null;
}

/** Checkouts have lines and totals as well; only orders have a financial status or a number counted up. */
function looksLikeOrder(body: Body): boolean {
	const gid = field(body, 'admin_graphql_api_id');
	return (
		(Array.isArray(field(body, 'line_items')) || field(body, 'total_price') !== undefined) &&
		(field(body, 'financial_status') !== undefined ||
			field(body, 'order_number') !== undefined ||
			(typeof gid === 'string' && gid.startsWith('gid://shopify/Order/')))
	);
}

function looksLikeRefund(body: Body): boolean {
	return field(body, 'order_id') !== undefined && Array.isArray(field(body, 'refund_line_items'));
}

function readOrderBody(body: Body, context: Context): Reading {
	const reading = readOrder(body, context.topic);
	if ('fault' in reading) return { ignored: reading.fault };
	const { order, amounts } = reading;
	const occurredAt = order.createdAt ?? order.updatedAt ?? context.triggeredAt;
	if (occurredAt === null) {
		return ignored('dateMissing', `${orderName(body)} carries no readable date.`);
	}

	const warnings = [...order.warnings];
	const refunded: OrderRefunded[] = [];
	const { store } = context;
	const test = context.test || flagAt(body, 'test') === true;
	const of: RefundedOrder = {
		id: order.id,
		number: order.number,
		currency: order.currency,
		taxesIncluded: flagAt(body, 'taxes_included'),
		exchange: orderExchange(amounts, body),
	};
	const listed = refundBodies(body);
	if (listed.cut) warnings.push('Only the first 500 refunds of this order were read.');
	let waits = false;
	for (const refundBody of listed.refunds) {
		const refund = readRefund(refundBody, of);
		if ('fault' in refund) warnings.push(refund.fault.message);
		else if ('unpaid' in refund) {
			warnings.push(refund.unpaid.message);
			waits ||= refund.unpaid.code === 'refundPending';
		} else {
			refunded.push({
				type: 'order.refunded',
				platform: 'shopify',
				store,
				test,
				occurredAt: refund.occurredAt ?? order.updatedAt ?? occurredAt,
				refund: refund.refund,
				customer: order.customer,
			});
		}
	}

	const events: StoreEvent[] = [];
	const whole = { ...order, warnings };
	// Refunded in full, and nobody says by which refund: nothing is left of the order, as if it had been cancelled.
	const isAllBack = order.paymentState === 'refunded' && refunded.length === 0 && !waits;
	if (wasPaid(order.paymentState) && !isAllBack) {
		events.push({
			type: 'order.paid',
			platform: 'shopify',
			store,
			test,
			occurredAt: order.paidAt ?? occurredAt,
			order: whole,
		});
	} else if (order.cancelledAt === null && !isAllBack) {
		events.push({
			type: 'order.created',
			platform: 'shopify',
			store,
			test,
			occurredAt,
			order: whole,
		});
	}
	events.push(...refunded);
	if (order.cancelledAt !== null || isAllBack) {
		events.push({
			type: 'order.cancelled',
			platform: 'shopify',
			store,
			test,
			occurredAt: order.cancelledAt ?? order.updatedAt ?? occurredAt,
			order: whole,
			reason: textAt(body, 'cancel_reason') ?? (isAllBack ? 'refunded in full' : null),
		});
	}
	return { events };
}

function readRefundBody(body: Body, context: Context): Reading {
	const reading = readRefund(body, {
		id: null,
		number: null,
		currency: null,
		taxesIncluded: null,
		exchange: null,
	});
	if ('fault' in reading) return { ignored: reading.fault };
	if ('unpaid' in reading) return { ignored: reading.unpaid };
	const occurredAt = reading.occurredAt ?? context.triggeredAt;
	if (occurredAt === null) {
		return ignored('dateMissing', `Shopify refund ${reading.refund.id} carries no readable date.`);
	}
	return {
		events: [
			{
				type: 'order.refunded',
				platform: 'shopify',
				store: context.store,
				occurredAt,
				test: context.test,
				refund: reading.refund,
				customer: null,
			},
		],
	};
}

function readCustomerBody(body: Body, context: Context): Reading {
	const customer: Customer = readCustomer(body);
	if (customer.id === null && customer.email === null && customer.phone === null) {
		return ignored('customerIncomplete', 'A Shopify customer came without id, e-mail and phone.');
	}
	const occurredAt =
		instantAt(body, 'created_at') ?? instantAt(body, 'updated_at') ?? context.triggeredAt;
	if (occurredAt === null) {
		return ignored(
			'dateMissing',
			`Shopify customer ${customer.email ?? customer.id ?? ''} carries no readable date.`,
		);
	}
	return {
		events: [
			{
				type: 'customer.created',
				platform: 'shopify',
				store: context.store,
				occurredAt,
				test: context.test,
				customer,
			},
		],
	};
}

function readCheckoutBody(body: Body, context: Context): Reading {
	const checkout = readCheckout(body);
	if (checkout === null) {
		return ignored('checkoutIncomplete', 'A Shopify checkout came without id and token.');
	}
	const occurredAt =
		instantAt(body, 'updated_at') ?? instantAt(body, 'created_at') ?? context.triggeredAt;
	if (occurredAt === null) {
		return ignored('dateMissing', `Shopify checkout ${checkout.id} carries no readable date.`);
	}
	return {
		events: [
			{
				type: 'checkout.opened',
				platform: 'shopify',
				store: context.store,
				occurredAt,
				test: context.test,
				checkout,
			},
		],
	};
}

/** The shop's permanent domain from the headers; a body alone only links to the shop's status page. */
function storeOf(headers: Headers, body: Body, options: ReadOptions): string {
	const named = header(headers, 'x-shopify-shop-domain', 'shopify-shop-domain') ?? options.store;
	return (named || linkedShop(body) || 'shopify').trim().toLowerCase();
}

function linkedShop(body: Body): string | undefined {
	const link = textAt(body, 'order_status_url', 2000) ?? '';
	return /^https?:\/\/([^/?#\s]{1,253})/i.exec(link)?.[1];
}

/** The REST API wraps its answers in the name of the resource; webhooks do not. */
function unwrap(body: Body, name: string): Body {
	return firstText(body, 'id') === null ? (objectAt(body, name) ?? body) : body;
}
