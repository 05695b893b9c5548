import type {
	OrderCancelled,
	OrderCreated,
	OrderPaid,
	OrderRefunded,
	Reading,
	StoreEvent,
} from '../../../engine/event';
import { readStoreEvent } from '../../../engine/event';
import type { Json } from './bodies';
import { SHOPIFY_HEADERS, WOO_HEADERS } from './bodies';

export function fromShopify(topic: string, body: Json, headers: Json = {}): Reading {
	return readStoreEvent({
		platform: 'shopify',
		topic,
		headers: { ...SHOPIFY_HEADERS, ...headers },
		body,
	});
}

export function fromWoo(topic: string | null, body: Json, options = {}): Reading {
	return readStoreEvent({ platform: 'woocommerce', topic, headers: WOO_HEADERS, body }, options);
}

/** The events, or a failed test that shows the reason. */
export function events(reading: Reading): readonly StoreEvent[] {
	if ('ignored' in reading) throw new Error(`${reading.ignored.code}: ${reading.ignored.message}`);
	return reading.events;
}

export function types(reading: Reading): string[] {
	return events(reading).map((event) => event.type);
}

/** The code of the reason, or a failed test that shows the events. */
export function reasonOf(reading: Reading): string {
	if ('events' in reading) throw new Error(`reported ${types(reading).join(', ')}`);
	return reading.ignored.code;
}

type ByType = {
	'order.paid': OrderPaid;
	'order.created': OrderCreated;
	'order.cancelled': OrderCancelled;
	'order.refunded': OrderRefunded;
};

/** The one event of that type. */
export function only<T extends keyof ByType>(reading: Reading, type: T): ByType[T] {
	const found = events(reading).filter((event) => event.type === type);
	expect(found).toHaveLength(1);
	return found[0] as ByType[T];
}
