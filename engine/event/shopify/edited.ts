import { allocate, formatMinor } from '../../money';
import { Amounts } from '../amounts';
import type { Body } from '../body';
import { countAt, field, objectsAt } from '../body';
import { describingId } from '../identity';
import type { OrderLine, PaymentState } from '../storeEvent';
import { readWithheld } from './adjustment';
import { orderExchange, paymentInShopMoney } from './exchange';
import { optionalShopMoney } from './money';
import { wasPaid } from './payment';
import { refundBodies, refundPayments } from './refund';

/** The lines and the total of an order as far as they were ever charged. */
export interface Charged {
	readonly lines: OrderLine[];
	readonly total: number;
}

/**
 * An order without the goods that an edit or an exchange took out before anybody paid for them.
 *
 * Shopify leaves such goods in `total_price` and in `line_items` (with a `current_quantity` below `quantity`) and writes a
 * refund without money for them, which takes no points. So they have to be left out here, or they would earn:
 * - What the shop received is `current_total_price` less `total_outstanding` (negative where the shop owes) plus the money
 *   its refunds paid back. Of `total_price`, the rest was never charged.
 * - That rest is taken off the part of the lines that was removed without money going back in the same refund, in proportion
 *   to its worth and never beyond it, from net and tax as the line is made up, and off the total.
 *
 * Goods that were paid for and taken back stay, and their refund takes the points. If its money is still with the shop,
 * `total_outstanding` is negative, or the refund states the difference to its money as an adjustment (`refund_discrepancy`, also
 * while its payment waits for the bank): both count as received. Where a field is missing or cannot be read, or a paid order
 * is said to owe something, nothing is taken off. Amounts are minor units of the shop's currency.
 */
export function leaveOutUncharged(
	currency: string,
	order: Body,
	state: PaymentState,
	{ lines, total }: Charged,
	warnings: string[],
): Charged {
	const whole = { lines, total };
	if (!wasPaid(state)) return whole;
	const bodies = objectsAt(order, 'line_items');
	if (!bodies.some((body) => quantityTakenOut(body) > 0)) return whole;
	const { refunds, cut } = refundBodies(order);
	if (cut || !Array.isArray(field(order, 'refunds'))) return whole;
	const paidFor = quantitiesPaidBack(refunds);
	const removed = bodies.map((body, index) =>
		worthOf(lines[index], quantityTakenOut(body) - (paidFor.get(lines[index].id) ?? 0)),
	);
	const removedInAll = removed.reduce((sum, part) => sum + part, 0);
	if (removedInAll === 0) return whole;
	const received = readReceived(currency, order, refunds);
	if (received === null) return whole;
	const uncharged = Math.min(total - received, removedInAll, total);
	if (uncharged <= 0) return whole;

	warnings.push(
		`Goods for ${formatMinor(uncharged, currency)} ${currency} were taken out of this order without being charged, so they do not count.`,
	);
	const taken = allocate(uncharged, removed);
	return {
		lines: lines.map((line, index) => {
			const [net, tax] = allocate(taken[index], [line.net, line.tax]);
			return taken[index] === 0 ? line : { ...line, net: line.net - net, tax: line.tax - tax };
		}),
		total: total - uncharged,
	};
}

/** How much of a line is no longer in the order. */
function quantityTakenOut(body: Body): number {
	const quantity = countAt(body, 'quantity') ?? 0;
	return Math.max(0, quantity - (countAt(body, 'current_quantity') ?? quantity));
}

/** How much of each line, by its id, came back in refunds that paid money back or are about to: it had been paid for. */
function quantitiesPaidBack(refunds: readonly Body[]): ReadonlyMap<string, number> {
	const quantities = new Map<string, number>();
	for (const refund of refunds.filter((one) => paymentsBack(one).length > 0)) {
		for (const line of objectsAt(refund, 'refund_line_items')) {
			const id = describingId(line, 'line_item_id') ?? '';
			quantities.set(id, (quantities.get(id) ?? 0) + (countAt(line, 'quantity') ?? 0));
		}
	}
	return quantities;
}

/** What so much of a line cost, tax included; 0 for lines that are no plain sale of whole pieces. */
function worthOf({ net, tax, quantity }: OrderLine, part: number): number {
	const gross = net + tax;
	if (part <= 0 || net < 0 || tax < 0 || !Number.isSafeInteger(gross)) return 0;
	if (!Number.isInteger(part) || !Number.isInteger(quantity)) return 0;
	return allocate(gross, [part, quantity - part])[0];
}

/** The payments of a refund that went back to the customer, or are on their way. */
function paymentsBack(refund: Body): Body[] {
	return [...refundPayments(refund, 'success'), ...refundPayments(refund, 'pending')];
}

/**
 * What the shop received for the order, null where the body does not say. Read apart from the rest of the order, because
 * fields that matter only here must not refuse it.
 */
function readReceived(currency: string, order: Body, refunds: readonly Body[]): number | null {
	const amounts = new Amounts(currency, 'An edited order');
	const worth = optionalShopMoney(amounts, order, 'current_total_price');
	const owed = optionalShopMoney(amounts, order, 'total_outstanding');
	if (worth === null || owed === null || owed > 0) return null;
	const exchange = orderExchange(amounts, order);
	const returned = refunds.flatMap((refund) => [
		...paymentsBack(refund).map((payment) => paymentInShopMoney(amounts, payment, exchange)),
		readWithheld(amounts, refund),
	]);
	const received = amounts.sum([worth, -owed, ...returned], 'the money received');
	return amounts.fault === null ? received : null;
}
