import { currencyExponent } from '../../money';
import type { OrderRow } from './order-row';
import { firstText, numberOf, textOf, type Row } from './record';

const SECOND = 1000;
/** Stripe keeps these with two decimals although ISO 4217 has none for them. */
const TWO_DECIMALS_AT_STRIPE = new Set(['ISK', 'UGX']);

/**
 * A Stripe charge (what the host's Stripe node gives), payment intent or checkout session.
 *
 * Amounts are in the smallest unit of the currency and come out in the currency itself. What was not
 * paid does not count; payments of Stripe's test mode are tests.
 */
export function readStripePayment(row: Row): OrderRow | undefined {
	const kind = row.object;
	if (kind !== 'charge' && kind !== 'payment_intent' && kind !== 'checkout.session')
		return undefined;
	const currency = textOf(row.currency)?.toUpperCase();
	const scale = 10 ** exponentAtStripe(currency);
	const amount = row.amount_received ?? row.amount ?? row.amount_total;
	const id = textOf(row.id);
	return {
		order: {
			id: id === undefined ? undefined : `stripe:${id}`,
			date: numberOf(row.created) > 0 ? numberOf(row.created) * SECOND : '',
			amount: typeof amount === 'number' ? amount / scale : '',
			refunded: numberOf(row.amount_refunded) / scale,
			cancelled: !isPaid(row),
			test: row.livemode === false,
		},
		email: firstText(
			row,
			'billing_details.email',
			'receipt_email',
			'customer_details.email',
			'customer_email',
			'customer.email',
		),
		customerId: firstText(row, 'customer', 'customer.id'),
		name: firstText(row, 'billing_details.name', 'customer_details.name', 'customer.name'),
		currency,
	};
}

function isPaid(row: Row): boolean {
	if (row.object === 'checkout.session') return row.payment_status !== 'unpaid';
	return row.status === 'succeeded';
}

function exponentAtStripe(currency: string | undefined): number {
	if (currency === undefined || TWO_DECIMALS_AT_STRIPE.has(currency)) return 2;
	return currencyExponent(currency) ?? 2;
}
