import type { Reason } from '../result';
import type { Body } from './body';
import type { Platform, StoreEvent } from './storeEvent';

/**
 * What a body says: one or more store events, or the one reason why there is none.
 * A reason with the code `ping` or `topicIgnored` is nothing to act on; all others deserve a look by the shop owner.
 */
export type Reading = { readonly events: readonly StoreEvent[] } | { readonly ignored: Reason };

/** A webhook as it arrived. */
export interface Delivery {
	/** The platform's own word, e.g. "orders/paid" or "order.updated"; null where the request had none. */
	readonly topic: string | null;
	/** Names in lower case. */
	readonly headers: Headers;
	readonly body: Body;
}

export type Headers = Readonly<Record<string, unknown>>;

/** What the shop owner may have to say about the shop because its webhooks do not. */
export interface ReadOptions {
	/** The shop's address, for bodies that came without headers. */
	readonly store?: string;
	/** WooCommerce statuses that count as paid even without a payment date (rule 17). Default: processing, completed. */
	readonly paidStatuses?: readonly string[];
}

/** One platform. Adding one means writing this and a line in `readers.ts`. */
export interface StoreReader {
	readonly platform: Platform;
	/** A delivered webhook. */
	read(delivery: Delivery, options: ReadOptions): Reading;
	/**
	 * A body without topic and headers, as other nodes hand it on: null if it is not an order or refund of this
	 * platform.
	 */
	recognise(body: Body, options: ReadOptions): Reading | null;
}

/** A reading that gives nothing, and why. */
export function ignored(code: string, message: string): Reading {
	return { ignored: { code, message } };
}

/** The first value of a header, null if it is missing or empty. */
export function header(headers: Headers, ...names: readonly string[]): string | null {
	for (const name of names) {
		const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
		const first: unknown = Array.isArray(value) ? value[0] : value;
		if (typeof first === 'string' && first.trim() !== '') return first.trim().slice(0, 500);
	}
	return null;
}
