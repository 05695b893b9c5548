import { formatMinor } from '../../money';
import type { Reason } from '../../result';
import { Amounts } from '../amounts';
import { readAttribution } from '../attribution';
import type { Body } from '../body';
import { asText, field, firstText, isCut, objectsAt, textAt } from '../body';
import { idAt } from '../identity';
import { currencyFault, incompleteOrder } from '../orderFault';
import type { Attribution, Order, Refund } from '../storeEvent';
import { readBuyer } from './customer';
import { wooInstant } from './dates';
import { feeAmounts, readLines } from './line';
import { readRefunds } from './refund';
import { DEFAULT_PAID_STATUSES, isNoOrder, paymentState, plainStatus } from './status';

export type OrderReading =
	| {
			readonly order: Order;
			readonly refunds: readonly Refund[];
			/** The payment was made in the gateway's test mode. */
			readonly test: boolean;
	  }
	| { readonly fault: Reason };

/** What messages call the order. */
export function orderName(body: Body): string {
	return `WooCommerce order ${firstText(body, 'number', 'id') ?? 'without id'}`;
}

/**
 * A WooCommerce order (REST v3 resource, which is also the webhook's body) as it stands.
 * Redeemed gift cards lower the shop's `total`; the canonical total is what was asked for before them.
 */
export function readOrder(body: Body, paidStatuses: readonly string[] | undefined): OrderReading {
	const subject = orderName(body);
	const id = idAt(body, 'id');
	const currency = textAt(body, 'currency', 20)?.toUpperCase();
	const written = textAt(body, 'status', 60);
	const missing = [
		id === null || id === 'inexact' ? 'id' : null,
		currency === undefined ? 'currency' : null,
		written === null ? 'status' : null,
		asText(field(body, 'total')) === null ? 'total' : null,
	].filter((name) => name !== null);
	if (id === null || currency === undefined || written === null || missing.length > 0) {
		return { fault: incompleteOrder(subject, missing) };
	}
	const unusable = currencyFault(subject, currency);
	if (unusable) return { fault: unusable };
	const status = plainStatus(written);
	if (isNoOrder(status)) {
		return {
			fault: {
				code: 'orderDraft',
				message: `${subject} has the status "${status}": it is a draft or in the bin, not an order that was placed.`,
			},
		};
	}

	const amounts = new Amounts(currency, subject);
	const warnings: string[] = [];
	const number = textAt(body, 'number');
	const lines = readLines(amounts, body);
	const shipping = {
		net: amounts.read(field(body, 'shipping_total'), 'shipping'),
		tax: amounts.read(field(body, 'shipping_tax'), 'shipping tax'),
	};
	const giftCard = Math.max(
		0,
		amounts.sum(
			objectsAt(body, 'gift_cards', 100).map((card) =>
				amounts.read(field(card, 'amount'), 'a gift card'),
			),
			'gift cards',
		),
	);
	const refunds = readRefunds(amounts, body, { orderId: id, orderNumber: number });
	const due = amounts.read(field(body, 'total'), 'total');
	amounts.refuseNegative(due, 'the total');
	const charges = feeAmounts(amounts, body).flatMap((fee) =>
		fee.net < 0 ? [] : [fee.net, fee.tax],
	);
	const parts = amounts.sum(
		[...lines.flatMap((line) => [line.net, line.tax]), shipping.net, shipping.tax, ...charges],
		'the sum of lines, shipping and fees',
	);
	const beforeCards = amounts.sum([due, giftCard], 'total');
	const refunded = amounts.sum(
		refunds.map((refund) => refund.amount),
		'refunds',
	);
	if (amounts.fault) return { fault: amounts.fault };

	// Some gift card extensions leave `total` alone: then the parts already come to it.
	const total = giftCard > 0 && parts === due ? due : beforeCards;
	if (parts !== total) {
		warnings.push(
			`Lines, shipping and fees come to ${formatMinor(parts, currency)} ${currency}, the order to ${formatMinor(total, currency)} ${currency}.`,
		);
	}
	if (isCut(body, 'line_items')) {
		warnings.push('Only the first 2,000 lines of this order were read.');
	}

	const paymentDate = wooInstant(body, 'date_paid');
	const state = paymentState(
		status,
		paymentDate !== null,
		refunded,
		total,
		paidStatuses ?? DEFAULT_PAID_STATUSES,
	);
	const completedAt = wooInstant(body, 'date_completed');
	const createdAt = wooInstant(body, 'date_created');
	const updatedAt = wooInstant(body, 'date_modified');
	const paid = state === 'paid' || state === 'partiallyRefunded' || state === 'refunded';
	const meta = readMeta(body);
	return {
		refunds,
		test: meta.get('_wcpay_mode') === 'test',
		order: {
			id,
			number,
			currency,
			createdAt,
			// Cash on delivery and the like have no payment date; the order counts from when it was placed.
			paidAt: paid ? (paymentDate ?? completedAt ?? createdAt) : null,
			updatedAt,
			cancelledAt: status === 'cancelled' ? (updatedAt ?? createdAt) : null,
			fulfilledAt: status === 'completed' ? completedAt : null,
			paymentState: state,
			...(paid && paymentDate === null && paidStatuses === undefined ? { paidByStatus: true } : {}),
			status,
			customer: readBuyer(body),
			lines,
			shipping,
			total,
			paidByCredit: { giftCard: Math.min(giftCard, total), storeCredit: 0, points: 0 },
			discountCodes: objectsAt(body, 'coupon_lines', 100).flatMap(
				(coupon) => textAt(coupon, 'code') ?? [],
			),
			channel: textAt(body, 'created_via'),
			attribution: readOrderAttribution(meta),
			warnings,
		},
	};
}

/** Since 8.5 WooCommerce keeps where an order came from in its meta data. */
const ATTRIBUTION = '_wc_order_attribution_';

function readOrderAttribution(meta: ReadonlyMap<string, string>): Attribution {
	return readAttribution(
		meta.get(`${ATTRIBUTION}session_entry`) ?? null,
		meta.get(`${ATTRIBUTION}referrer`) ?? null,
		[...meta].map(([key, value]): [string, string] => [
			key.startsWith(ATTRIBUTION) ? key.slice(ATTRIBUTION.length) : key,
			value,
		]),
	);
}

/** Meta data whose value is a plain text; the first of a key counts. */
function readMeta(body: Body): ReadonlyMap<string, string> {
	const meta = new Map<string, string>();
	for (const entry of objectsAt(body, 'meta_data', 1000)) {
		const key = textAt(entry, 'key', 200);
		const value = textAt(entry, 'value');
		if (key !== null && value !== null && !meta.has(key)) meta.set(key, value);
	}
	return meta;
}
