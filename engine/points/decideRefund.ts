import type { Order, OrderCancelled, OrderRefunded } from '../event';
import { countedRows, entryKey, orderRef, voidOf, type Entry, type Row } from '../ledger';
import { formatMinor } from '../money';
import { isKnown, keep, record, skip, type Decision, type Knowledge } from '../decision';
import { orderName } from './decideOrder';
import { withEffect } from './effect';

/**
 * What a refund does: its fact is written once; what it takes back follows from the stored row of the order (rules 21 and 22).
 * Before its order it is kept under no member, and found again when the order comes.
 */
export function decideRefund(event: OrderRefunded, knowledge: Knowledge): Decision {
	const { rows, program } = knowledge;
	const { refund, store } = event;
	const name = orderName({ number: refund.orderNumber, id: refund.orderId });
	const key = entryKey.refund(store, refund.id);
	if (event.test)
		return skip('testOrder', `${name} is a test order; its refund counts for nothing.`);
	if (isKnown(key, rows))
		return skip(
			'alreadyCounted',
			`Refund ${refund.id} of ${name} was counted already; nothing was taken.`,
			key,
		);
	if (refund.amount <= 0)
		return skip(
			'nothingPaidBack',
			`Refund ${refund.id} of ${name} paid no money back, so no points are taken.`,
		);
	const order = orderRef(store, refund.orderId);
	const bought = purchase(rows, order);
	if (bought !== undefined && bought.facts.currency !== refund.currency)
		return skip(
			'currencyDiffers',
			`Refund ${refund.id} is in ${refund.currency}, but ${name} was counted in ${bought.facts.currency}. Adjust the points by hand.`,
		);
	const entry: Entry<'refund'> = {
		key,
		kind: 'refund',
		member: bought?.member ?? '',
		order,
		points: 0,
		occurredAt: event.occurredAt,
		programVersion: program.version,
		summary: `${name}: ${formatMinor(refund.amount, refund.currency)} ${refund.currency} paid back`,
		facts: {
			currency: refund.currency,
			amount: refund.amount,
			shipping: refund.shipping,
			...(refund.credit === undefined ? {} : { credit: refund.credit }),
			lines: refund.lines,
			reason: refund.reason,
		},
	};
	return bought === undefined
		? keep([entry], 'waitsForOrder', `The refund is kept until ${name} itself arrives.`)
		: record(withEffect(entry, knowledge));
}

/** What a cancellation does: the order counts for nothing any more, or will when it comes (rule 25). */
export function decideCancellation(event: OrderCancelled, knowledge: Knowledge): Decision {
	const { rows, program } = knowledge;
	const { order, store } = event;
	const name = orderName(order);
	const key = entryKey.cancel(store, order.id);
	if (event.test)
		return skip('testOrder', `${name} is a test order; its cancellation counts for nothing.`);
	if (isKnown(key, rows))
		return skip(
			'alreadyCounted',
			`The cancellation of ${name} was counted already; nothing was taken.`,
			key,
		);
	const ref = orderRef(store, order.id);
	const bought = purchase(rows, ref);
	const entry: Entry<'cancel'> = {
		key,
		kind: 'cancel',
		member: bought?.member ?? '',
		order: ref,
		points: 0,
		occurredAt: event.occurredAt,
		programVersion: program.version,
		summary: `${name} was cancelled${event.reason === null ? '' : ` (${event.reason})`}`,
		facts: { reason: event.reason },
	};
	if (bought !== undefined) return record(withEffect(entry, knowledge));
	const [first, ...others] = redeemedFor(order, rows).map((row) =>
		voidOf(row, row.writer, `${name} was cancelled before its payment was counted`),
	);
	return first === undefined
		? keep(
				[entry],
				'notCountedYet',
				`${name} was cancelled or refunded before its payment was counted. It will earn nothing.`,
			)
		: record(first, ...others, entry);
}

/**
 * Redemptions whose discount was meant for an order. No row of an order that was never paid knows its codes, so its cancellation
 * takes them back itself: the points return to the very lots they came from (rule 24).
 */
function redeemedFor({ discountCodes }: Order, rows: readonly Row[]): Row[] {
	const codes = new Set(discountCodes.map((code) => code.toLowerCase()));
	return countedRows(rows).filter(
		(row) => row.kind === 'redeem' && codes.has(row.facts.code.toLowerCase()),
	);
}

function purchase(rows: readonly Row[], order: string): (Row & { kind: 'earn' }) | undefined {
	return rows.find(
		(row): row is Row & { kind: 'earn' } => row.kind === 'earn' && row.order === order,
	);
}
