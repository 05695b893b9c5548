import { currencyExponent } from '../../money';
import type { Reason } from '../../result';
import { Amounts } from '../amounts';
import type { Body } from '../body';
import { objectsAt, textAt } from '../body';
import { instantAt } from '../dates';
import { idAt } from '../identity';
import { inexactId } from '../orderFault';
import type { Refund } from '../storeEvent';
import type { Exchange } from './exchange';
import { paymentInShopMoney, refundExchange } from './exchange';
import { shopifyId } from './ids';
import { shopCurrencyOf, shopMoney } from './money';
import { isByCredit } from './payment';
import { readPricedLines, refundLines } from './refundLine';
import { readRefundedShipping } from './refundShipping';
import { includesTax } from './refundTax';

/** What the order says about itself and its refunds do not; all null for a refund that came alone. */
export interface RefundedOrder {
	readonly id: string | null;
	readonly number: string | null;
	readonly currency: string | null;
	readonly taxesIncluded: boolean | null;
	readonly exchange: Exchange | null;
}

export type RefundReading =
	| { readonly refund: Refund; readonly occurredAt: string | null }
	| { readonly unpaid: Reason }
	| { readonly fault: Reason };

/**
 * A Shopify refund as money that was paid back: the sum of its refund payments that succeeded, less customs duties; failed
 * ones count for nothing. A refund without any is `unpaid`, with the reason: it only restocks goods, and its lines name
 * prices nobody paid back. So is one of which a payment still waits for the bank (code `refundPending`): a refund counts once, so it is not
 * counted before it is whole. Shopify updates the order when the money has gone through.
 */
export function readRefund(body: Body, order: RefundedOrder): RefundReading {
	const id = shopifyId(body);
	const orderId = order.id ?? idAt(body, 'order_id');
	const subject = `Refund ${id ?? 'without id'} of Shopify order ${order.number ?? orderId ?? 'without id'}`;
	if (id === null || orderId === null) {
		return {
			fault: {
				code: 'idMissing',
				message: `${subject} cannot be told from others: an id is missing.`,
			},
		};
	}
	if (id === 'inexact' || orderId === 'inexact') {
		return { fault: inexactId(subject) };
	}

	const paymentsBack = refundPayments(body, 'success');
	if (refundPayments(body, 'pending').length > 0) {
		return {
			unpaid: {
				code: 'refundPending',
				message: `Refund ${id} waits for its payment back to the customer to go through. Its points are taken when Shopify reports the order with the money paid back.`,
			},
		};
	}
	const withoutPayment = {
		code: 'refundWithoutPayment',
		message: `Refund ${id} has no successful payment back to the customer, so no points are taken for it.`,
	};
	const onlyDuties = {
		code: 'refundOfDuties',
		message: `Refund ${id} pays back customs duties, which earned nothing, so no points are taken for it.`,
	};
	if (paymentsBack.length === 0) return { unpaid: withoutPayment };

	const currency = (order.currency ?? currencyOf(body, paymentsBack))?.toUpperCase();
	if (currency === undefined || currencyExponent(currency) === undefined) {
		return {
			fault: {
				code: 'currencyUnknown',
				message: `${subject} does not say which currency it is in.`,
			},
		};
	}

	const amounts = new Amounts(currency, subject);
	const exchange = order.exchange ?? refundExchange(amounts, body);
	const sumOf = (payments: readonly Body[]) =>
		amounts.sum(
			payments.map((payment) => paymentInShopMoney(amounts, payment, exchange)),
			'the refund',
		);
	const paidBack = sumOf(paymentsBack);
	const duties = readDuties(amounts, body);
	const amount = paidBack - Math.max(0, Math.min(paidBack, duties));
	const priced = {
		body,
		lines: readPricedLines(amounts, body),
		shipping: readRefundedShipping(amounts, body),
		amount,
	};
	const included = order.taxesIncluded ?? includesTax(amounts, priced);
	const askedForShipping = included ? priced.shipping.within : priced.shipping.onTop;
	const shipping = Math.max(0, Math.min(amount, askedForShipping));
	const lines = refundLines(amounts, priced.lines, included, amount - shipping);
	const credit = Math.max(0, Math.min(amount, sumOf(paymentsBack.filter(isByCredit))));
	if (amounts.fault) return { fault: amounts.fault };
	if (amount <= 0) return { unpaid: paidBack > 0 ? onlyDuties : withoutPayment };

	return {
		refund: {
			id,
			orderId,
			orderNumber: order.number,
			currency,
			amount,
			shipping,
			...(credit > 0 ? { credit } : {}),
			lines,
			reason: textAt(body, 'note'),
		},
		occurredAt: instantAt(body, 'processed_at') ?? instantAt(body, 'created_at'),
	};
}

/** The payments back to the customer that stand at `status`; Shopify knows pending, success, failure and error. */
export function refundPayments(refund: Body, status: 'success' | 'pending'): Body[] {
	return objectsAt(refund, 'transactions').filter(
		(payment) => textAt(payment, 'kind') === 'refund' && textAt(payment, 'status') === status,
	);
}

/** The shop's currency, from any pair of amounts; a payment's own currency is the customer's and comes last. */
function currencyOf(body: Body, paymentsBack: readonly Body[]): string | null {
	const [line] = objectsAt(body, 'refund_line_items', 1);
	const [shipping] = objectsAt(body, 'refund_shipping_lines', 1);
	const [adjustment] = objectsAt(body, 'order_adjustments', 1);
	return (
		shopCurrencyOf(line, 'subtotal') ??
		shopCurrencyOf(shipping, 'subtotal_amount') ??
		shopCurrencyOf(adjustment, 'amount') ??
		shopCurrencyOf(body, 'total_duties') ??
		textAt(paymentsBack[0], 'currency', 10)
	);
}

/** Customs duties paid back. They are neither goods nor shipping and earn nothing, so they take nothing either. */
function readDuties(amounts: Amounts, body: Body): number {
	return amounts.sum(
		objectsAt(body, 'duties').map((duty) => shopMoney(amounts, duty, 'amount')),
		'duties',
	);
}

const MOST_REFUNDS = 500;

/** The refunds inside an order, and whether there were more than are read. */
export function refundBodies(order: Body): { readonly refunds: Body[]; readonly cut: boolean } {
	const listed = objectsAt(order, 'refunds', MOST_REFUNDS + 1);
	return { refunds: listed.slice(0, MOST_REFUNDS), cut: listed.length > MOST_REFUNDS };
}
