import type { PaymentState } from '../storeEvent';

/** Rule 17: what counts as paid where the order carries no payment date (cash on delivery, invoice). */
export const DEFAULT_PAID_STATUSES: readonly string[] = ['processing', 'completed'];

/** Orders that nobody placed yet, or that are in the bin. */
const NO_ORDERS: ReadonlySet<string> = new Set(['draft', 'auto-draft', 'checkout-draft', 'trash']);

/** A status as WooCommerce shows it: without the prefix "wc-" that WordPress keeps it with, in lower case. */
export function plainStatus(status: string): string {
	return status.trim().toLowerCase().replace(/^wc-/, '');
}

/** Whether the status says that this is no order yet, or no more. */
export function isNoOrder(status: string): boolean {
	return NO_ORDERS.has(status);
}

/**
 * What an order's status, payment date and refunds say about its payment. The status is a free word that plugins add to,
 * and a partial refund does not change it. `refunded` means it was paid before.
 */
export function paymentState(
	status: string,
	hasPaymentDate: boolean,
	refunded: number,
	total: number,
	paidStatuses: readonly string[],
): PaymentState {
	if (status === 'refunded') return 'refunded';
	if (hasPaymentDate || paidStatuses.some((paid) => plainStatus(paid) === status)) {
		if (refunded <= 0) return 'paid';
		return refunded >= total ? 'refunded' : 'partiallyRefunded';
	}
	return status === 'cancelled' ? 'voided' : 'unpaid';
}
