import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../engine/process';
import type { Reason } from '../../engine/result';

/** What happened, in fields that fit a CRM. Short unless the whole record is wanted. */
export function appliedItem(outcome: Outcome, isShort: boolean): IDataObject {
	const { member } = outcome;
	const what = subject(outcome);
	const short = {
		email: member?.email ?? '',
		firstName: member?.firstName ?? '',
		points: outcome.points,
		spendablePoints: member?.spendablePoints ?? 0,
		pendingPoints: member?.pendingPoints ?? 0,
		tier: member?.tier ?? '',
		tierChanged: outcome.tierChanged,
		order: what.order,
		event: what.event,
		summary: outcome.summary,
	};
	if (isShort) return short;
	return {
		...member,
		...short,
		applied: true,
		previousTier: outcome.previousTier,
		orderId: what.orderId,
		store: what.store,
	};
}

/** What did not take effect, and why: a code to branch on and a sentence to read. */
export function skippedItem(
	reason: Reason,
	outcome: Outcome | null,
	isShort: boolean,
): IDataObject {
	const what = outcome === null ? NOTHING : subject(outcome);
	const short = {
		email: outcome?.member?.email ?? '',
		order: what.order,
		event: what.event,
		reason: reason.message,
		reasonCode: reason.code,
		spendablePoints: outcome?.member?.spendablePoints ?? 0,
	};
	if (isShort) return short;
	return {
		...outcome?.member,
		...short,
		applied: false,
		points: 0,
		tierChanged: false,
		orderId: what.orderId,
		store: what.store,
		summary: outcome?.summary ?? '',
	};
}

const NOTHING = { event: '', order: '', orderId: '', store: '' };

function subject({ request }: Outcome) {
	if (request.kind !== 'event') return { ...NOTHING, event: request.kind };
	const { event } = request;
	const base = { event: event.type, store: event.store };
	switch (event.type) {
		case 'order.created':
		case 'order.paid':
		case 'order.cancelled':
			return { ...base, order: event.order.number ?? event.order.id, orderId: event.order.id };
		case 'order.refunded':
			return {
				...base,
				order: event.refund.orderNumber ?? event.refund.orderId,
				orderId: event.refund.orderId,
			};
		case 'customer.created':
		case 'checkout.opened':
			return { ...NOTHING, ...base };
	}
}
