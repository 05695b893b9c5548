import type { Body } from '../body';
import { asObject, field, firstText, objectAt, objectsAt, textAt } from '../body';
import type { StoreEvent } from '../storeEvent';
import type { Delivery, Headers, ReadOptions, Reading, StoreReader } from '../storeReader';
import { header, ignored } from '../storeReader';
import { readCustomer } from './customer';
import { wooInstant } from './dates';
import { orderName, readOrder } from './order';

export { plainStatus } from './status';

const ORDER_TOPICS: ReadonlySet<string> = new Set([
	'order.created',
	'order.updated',
	'order.restored',
]);

/**
 * WooCommerce, REST v3 bodies. There is no topic for "paid": `order.created` comes for unpaid orders and `order.updated`
 * several times for one change, so each body is read as the order's whole state and keys tell repeats apart.
 */
export const woocommerce: StoreReader = {
	platform: 'woocommerce',

	read({ topic: named, headers, body }: Delivery, options: ReadOptions): Reading {
		const topic = (named ?? header(headers, 'x-wc-webhook-topic') ?? '').toLowerCase();
		if (topic === '' && isPing(body)) {
			return ignored(
				'ping',
				'WooCommerce says hello: this is the unsigned test call it makes when a webhook is saved.',
			);
		}
		if (!ORDER_TOPICS.has(topic) && topic !== 'customer.created') {
			return topic === ''
				? ignored('topicMissing', 'The request does not say which WooCommerce topic it is about.')
				: ignored(
						'topicIgnored',
						`WooCommerce topic ${topic.slice(0, 80)} has no bearing on loyalty.`,
					);
		}
		const refused = refusalOfShop(body);
		if (refused) return refused;
		const store = storeOf(headers, body, options);
		return topic === 'customer.created'
			? readCustomerBody(body, store)
			: readOrderBody(body, store, options);
	},

	recognise(body: Body, options: ReadOptions): Reading | null {
		return looksLikeOrder(body) ? readOrderBody(body, storeOf({}, body, options), options) : null;
	},
};

/** The first call after saving a webhook is `webhook_id=123` as a form, without topic and signature. */
export function isPing(body: Body): boolean {
	return textAt(body, 'webhook_id') !== null && Object.keys(body).length <= 2;
}

/** The webhook's user may lack the right to read orders; then the body is WordPress's error, correctly signed. */
function refusalOfShop(body: Body): Reading | null {
	const code = textAt(body, 'code', 100);
	if (code === null || field(body, 'id') !== undefined || !objectAt(body, 'data')) return null;
	return ignored(
		'shopRefused',
		`WooCommerce sent "${textAt(body, 'message', 200) ?? code}" instead of the order. Let a user who may read orders own the webhook.`,
	);
}

function looksLikeOrder(body: Body): boolean {
	return (
		Array.isArray(field(body, 'line_items')) &&
		firstText(body, 'status') !== null &&
		field(body, 'total') !== undefined &&
		(field(body, 'order_key') !== undefined ||
			field(body, 'billing') !== undefined ||
			field(body, 'payment_method') !== undefined)
	);
}

function readOrderBody(body: Body, store: string, options: ReadOptions): Reading {
	const reading = readOrder(body, options.paidStatuses);
	if ('fault' in reading) return { ignored: reading.fault };
	const { order, refunds, test } = reading;
	const occurredAt = order.createdAt ?? order.updatedAt ?? order.paidAt;
	if (occurredAt === null) {
		return ignored('dateMissing', `${orderName(body)} carries no readable date.`);
	}

	const events: StoreEvent[] = [];
	// Refunded in full, and nobody says by which refund: nothing is left of the order, as if it had been cancelled.
	const isAllBack = order.paymentState === 'refunded' && refunds.length === 0;
	if (order.paidAt !== null && !isAllBack) {
		events.push({
			type: 'order.paid',
			platform: 'woocommerce',
			store,
			test,
			occurredAt: order.paidAt,
			order,
		});
	} else if (order.cancelledAt === null && !isAllBack) {
		events.push({
			type: 'order.created',
			platform: 'woocommerce',
			store,
			test,
			occurredAt,
			order,
		});
	}
	// The order's list of refunds has no dates: the change that brought them is the latest.
	for (const refund of refunds) {
		events.push({
			type: 'order.refunded',
			platform: 'woocommerce',
			store,
			test,
			occurredAt: order.updatedAt ?? occurredAt,
			refund,
			customer: order.customer,
		});
	}
	if (order.cancelledAt !== null || isAllBack) {
		events.push({
			type: 'order.cancelled',
			platform: 'woocommerce',
			store,
			test,
			occurredAt: order.cancelledAt ?? order.updatedAt ?? occurredAt,
			order,
			reason: isAllBack ? 'refunded in full' : null,
		});
	}
	return { events };
}

function readCustomerBody(body: Body, store: string): Reading {
	const customer = readCustomer(body);
	if (customer.id === null && customer.email === null) {
		return ignored('customerIncomplete', 'A WooCommerce customer came without id and e-mail.');
	}
	const occurredAt = wooInstant(body, 'date_created') ?? wooInstant(body, 'date_modified');
	if (occurredAt === null) {
		return ignored(
			'dateMissing',
			`WooCommerce customer ${customer.email ?? customer.id ?? ''} carries no readable date.`,
		);
	}
	return {
		events: [
			{
				type: 'customer.created',
				platform: 'woocommerce',
				store,
				occurredAt,
				test: false,
				customer,
			},
		],
	};
}

/**
 * The site's address without protocol: with its path, because WordPress networks run several shops with their own order
 * numbers under one domain. A body alone shows it in the link to itself.
 */
function storeOf(headers: Headers, body: Body, options: ReadOptions): string {
	const named = header(headers, 'x-wc-webhook-source') ?? options.store ?? siteOfLink(body) ?? '';
	const address = named
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/[/?#]+$/, '');
	return address.slice(0, 253) || 'woocommerce';
}

/** Everything before the REST route, which sites without pretty links carry in the query. */
function siteOfLink(body: Body): string | null {
	const [self] = objectsAt(objectAt(body, '_links'), 'self', 1);
	const link = textAt(asObject(self), 'href', 2000);
	if (link === null) return null;
	const ends = ['/wp-json/', '/index.php', '?'].map((mark) => link.indexOf(mark));
	return link.slice(0, Math.min(...ends.map((end) => (end === -1 ? link.length : end))));
}
