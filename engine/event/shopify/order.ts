import { formatMinor } from '../../money';
import type { Reason } from '../../result';
import { Amounts } from '../amounts';
import { readAttribution } from '../attribution';
import type { Body } from '../body';
import { field, firstText, isCut, objectsAt, textAt } from '../body';
import { asInstant, instantAt } from '../dates';
import { currencyFault, incompleteOrder, inexactId } from '../orderFault';
import type { Order } from '../storeEvent';
import { readBuyer } from './customer';
import { leaveOutUncharged } from './edited';
import { shopifyId } from './ids';
import { readLines, readShipping } from './line';
import { shopCurrencyOf, optionalShopMoney } from './money';
import { readPaidAt } from './paidAt';
import { readPaidByCredit, readPaymentState, wasPaid } from './payment';

export type OrderReading =
	| { readonly order: Order; readonly amounts: Amounts }
	| { readonly fault: Reason };

/** What messages call the order. */
export function orderName(body: Body): string {
	return `Shopify order ${firstText(body, 'name', 'order_number') ?? exactId(body) ?? 'without id'}`;
}

function exactId(body: Body): string | null {
	const id = shopifyId(body);
	return id === 'inexact' ? null : id;
}

/**
 * A Shopify order as it stands: its total is `total_price`, which refunds and cancelling do not change
 * (`current_total_price` does), in the shop's currency, less goods that were taken out without being charged. What cannot
 * be used names every field that is missing.
 */
export function readOrder(body: Body, topic: string | null): OrderReading {
	const subject = orderName(body);
	const warnings: string[] = [];
	const id = shopifyId(body);
	if (id === 'inexact') {
		return { fault: inexactId(subject) };
	}
	const currency = (
		shopCurrencyOf(body, 'total_price') ?? firstText(body, 'currency')
	)?.toUpperCase();
	const state = readPaymentState(body, warnings);
	const missing = [
		id === null ? 'id' : null,
		currency === undefined ? 'currency' : null,
		state === null ? 'financial_status' : null,
	].filter((name) => name !== null);
	if (id === null || currency === undefined || state === null) {
		return { fault: incompleteOrder(subject, missing) };
	}
	const unusable = currencyFault(subject, currency);
	if (unusable) return { fault: unusable };

	const amounts = new Amounts(currency, subject);
	const asked = optionalShopMoney(amounts, body, 'total_price');
	if (asked === null) {
		return { fault: incompleteOrder(subject, ['total_price']) };
	}
	// Shopify says the total twice; where one of the two makes no sense, neither is to be trusted.
	amounts.refuseNegative(asked, 'the total');
	amounts.refuseNegative(amounts.optional(body.total_price, 'total_price') ?? asked, 'the total');
	const ordered = { lines: readLines(amounts, body, warnings), total: asked };
	if (amounts.fault) return { fault: amounts.fault };
	const { lines, total } = leaveOutUncharged(currency, body, state, ordered, warnings);
	const shipping = readShipping(amounts, body);
	const paidByCredit = readPaidByCredit(amounts, body, state, total, warnings);
	const parts = amounts.sum(
		[...lines.map((line) => line.net + line.tax), shipping.net, shipping.tax],
		'the sum of lines and shipping',
	);
	if (amounts.fault) return { fault: amounts.fault };
	if (parts !== total) {
		warnings.push(
			`Lines and shipping come to ${formatMinor(parts, currency)} ${currency}, the order to ${formatMinor(total, currency)} ${currency} (duties, fees, tips or rounding).`,
		);
	}
	if (isCut(body, 'line_items')) {
		warnings.push('Only the first 2,000 lines of this order were read.');
	}

	return {
		amounts,
		order: {
			id,
			number: firstText(body, 'name', 'order_number'),
			currency,
			createdAt: instantAt(body, 'created_at'),
			paidAt: wasPaid(state) ? readPaidAt(body, topic) : null,
			updatedAt: instantAt(body, 'updated_at'),
			cancelledAt: instantAt(body, 'cancelled_at'),
			fulfilledAt: readFulfilledAt(body),
			paymentState: state,
			status: textAt(body, 'financial_status', 40) ?? '',
			customer: readBuyer(body),
			lines,
			shipping,
			total,
			paidByCredit,
			discountCodes: objectsAt(body, 'discount_codes', 100)
				.map((discount) => textAt(discount, 'code'))
				.filter((code) => code !== null),
			channel: textAt(body, 'source_name'),
			attribution: readAttribution(
				textAt(body, 'landing_site'),
				textAt(body, 'referring_site'),
				objectsAt(body, 'note_attributes', 100).map((note): [string, string | null] => [
					textAt(note, 'name') ?? '',
					textAt(note, 'value'),
				]),
			),
			warnings,
		},
	};
}

/** The latest successful shipment, once everything is on its way. */
function readFulfilledAt(body: Body): string | null {
	if (textAt(body, 'fulfillment_status') !== 'fulfilled') return null;
	const times = objectsAt(body, 'fulfillments', 200).map(
		(shipment) => asInstant(field(shipment, 'created_at')) ?? '',
	);
	return times.sort().at(-1) || null;
}
