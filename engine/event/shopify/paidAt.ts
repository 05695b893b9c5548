import type { Body } from '../body';
import { objectsAt } from '../body';
import { instantAt } from '../dates';
import { lastPaymentAt } from './payment';
import { refundPayments } from './refund';

/** A body written within an hour of its order tells of a payment at the checkout. */
const CHECKOUT_MS = 60 * 60 * 1000;

/**
 * When a paid order was paid, ISO 8601 in UTC; null where its body carries no readable time. `topic` is null for bodies that
 * came without one.
 *
 * Shopify has no field for it. The payments tell where the body lists them. Elsewhere only the body's own times can, and at
 * a payment Shopify sends one body under several topics (`orders/create`, `orders/paid`, `orders/updated`): whichever is
 * heard first, the answer has to be the same. So:
 * - A body written within an hour of its order is one of a payment at the checkout, which was when the order was placed
 *   (`processed_at`). `orders/create` never tells of another payment.
 * - Any later body was written at the payment or after it: `updated_at`, but no later than its first refund or its
 *   cancellation. Where the body of the payment was never heard, that is too late rather than too early.
 * - A body without topic may be an old order that somebody looks up: only `processed_at` says nothing that is wrong by years.
 *
 * Headers are not asked: they are not signed.
 */
export function readPaidAt(body: Body, topic: string | null): string | null {
	const placed = instantAt(body, 'processed_at') ?? instantAt(body, 'created_at');
	const written = instantAt(body, 'updated_at');
	const listed = lastPaymentAt(body);
	if (listed !== null) return listed;
	if (placed === null || written === null) return placed ?? written;
	if (topic === null || topic === 'orders/create') return placed;
	const ordered = instantAt(body, 'created_at') ?? placed;
	if (Date.parse(written) - Date.parse(ordered) <= CHECKOUT_MS) return placed;
	const [first] = [written, instantAt(body, 'cancelled_at'), ...refundTimes(body)]
		.filter((time) => time !== null)
		.sort();
	return first;
}

/** When money was paid back, for each refund that was. */
function refundTimes(order: Body): Array<string | null> {
	return objectsAt(order, 'refunds')
		.filter((refund) => refundPayments(refund, 'success').length > 0)
		.map((refund) => instantAt(refund, 'processed_at') ?? instantAt(refund, 'created_at'));
}
