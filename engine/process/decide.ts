import { orderRef, type Subjects } from '../ledger';
import { decideCustomer, decideEnrollment, memberOf } from '../member';
import {
	decideAdjustment,
	decideAward,
	decideCancellation,
	decideOrder,
	decideRedemption,
	decideRedemptionCancelled,
	decideRefund,
} from '../points';
import type { PreparedProgram } from '../program';
import { skip, type Decision, type Knowledge, type Request } from '../decision';

/** Decides one request by what is known: the pure heart of the engine. */
export function decide(request: Request, knowledge: Knowledge): Decision {
	switch (request.kind) {
		case 'award':
			return decideAward(request, knowledge);
		case 'adjust':
			return decideAdjustment(request, knowledge);
		case 'redeem':
			return decideRedemption(request, knowledge);
		case 'cancelRedemption':
			return decideRedemptionCancelled(request, knowledge);
		case 'enroll':
			return decideEnrollment(request, knowledge);
		case 'event':
			break;
	}
	const { event } = request;
	switch (event.type) {
		case 'order.created':
		case 'order.paid':
			return decideOrder(event, knowledge);
		case 'order.refunded':
			return decideRefund(event, knowledge);
		case 'order.cancelled':
			return decideCancellation(event, knowledge);
		case 'customer.created':
			return decideCustomer(event, knowledge);
		case 'checkout.opened':
			return skip('notAnOrder', 'A checkout is not an order yet, so there is nothing to count.');
	}
}

/** Whose rows a request needs: its member, and its order, which may stand under no member yet. */
export function subjectsOf(request: Request, program: PreparedProgram): Subjects {
	const { identity } = program.program;
	if (request.kind !== 'event') return { members: [request.member], orders: [] };
	const { event } = request;
	const members = (customer: Parameters<typeof memberOf>[0]) => {
		const member = memberOf(customer, event.store, identity, '');
		return member.ok ? [member.value] : [];
	};
	switch (event.type) {
		case 'order.created':
		case 'order.paid':
		case 'order.cancelled':
			return {
				members: members(event.order.customer),
				orders: [orderRef(event.store, event.order.id)],
			};
		case 'order.refunded':
			return {
				members: members(event.customer),
				orders: [orderRef(event.store, event.refund.orderId)],
			};
		case 'customer.created':
			return { members: members(event.customer), orders: [] };
		case 'checkout.opened':
			return { members: [], orders: [] };
	}
}
