import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Customer, StoreEvent } from '../../engine/event';
import { formatMinor } from '../../engine/money';

/** How a store event reached this workflow. Nothing of it is signed; it is there to look things up by. */
export interface DeliveryNote {
	readonly platform: string;
	readonly id: string | null;
	readonly eventId: string | null;
	readonly topic: string;
	readonly shop: string | null;
	readonly receivedAt: string;
}

/**
 * One store event as an item: the fields a flow asks for first, flat, with amounts in decimals; the whole event under
 * `event`, for the Loyalty node; and the delivery. Secrets and raw headers stay out of it.
 */
export function toItem(event: StoreEvent, delivery: DeliveryNote): INodeExecutionData {
	return {
		json: {
			...flatFields(event),
			event: event as unknown as IDataObject,
			delivery: { ...delivery },
		},
	};
}

function flatFields(event: StoreEvent): IDataObject {
	const shared = {
		type: event.type,
		platform: event.platform,
		store: event.store,
		occurredAt: event.occurredAt,
		test: event.test,
	};
	switch (event.type) {
		case 'order.created':
		case 'order.paid':
		case 'order.cancelled':
			return {
				...shared,
				orderId: event.order.id,
				orderNumber: event.order.number,
				total: formatMinor(event.order.total, event.order.currency),
				currency: event.order.currency,
				...customerFields(event.order.customer),
			};
		case 'order.refunded':
			return {
				...shared,
				orderId: event.refund.orderId,
				orderNumber: event.refund.orderNumber,
				refundId: event.refund.id,
				total: formatMinor(event.refund.amount, event.refund.currency),
				currency: event.refund.currency,
				...customerFields(event.customer),
			};
		case 'customer.created':
			return { ...shared, ...customerFields(event.customer) };
		case 'checkout.opened': {
			const { checkout } = event;
			const priced = checkout.total !== null && checkout.currency !== null;
			return {
				...shared,
				checkoutId: checkout.id,
				total: priced ? formatMinor(checkout.total, checkout.currency) : null,
				currency: checkout.currency,
				recoveryUrl: checkout.recoveryUrl,
				completedAt: checkout.completedAt,
				...customerFields(checkout.customer),
			};
		}
	}
}

function customerFields(customer: Customer | null): IDataObject {
	return {
		customerId: customer?.id ?? null,
		customerEmail: customer?.email ?? null,
		customerFirstName: customer?.firstName ?? null,
		customerLastName: customer?.lastName ?? null,
	};
}
