import type { Body } from './body';
import { asObject, objectAt } from './body';
import { hasLongIntegers, parseLossless } from './losslessJson';
import { shopify } from './shopify';
import type { Platform } from './storeEvent';
import type { Headers, ReadOptions, Reading, StoreReader } from './storeReader';
import { header, ignored } from './storeReader';
import { woocommerce } from './woocommerce';

/** Every platform that can be read, one line each. */
export const readers: Readonly<Record<Platform, StoreReader>> = {
	shopify,
	woocommerce,
};

/** A webhook of a known platform, as a trigger received it. */
export interface StoreDelivery {
	readonly platform: Platform;
	/** Taken from the platform's header when left out. */
	readonly topic?: string | null;
	/** Header names in any case. */
	readonly headers?: Headers;
	/** The parsed body. */
	readonly body?: unknown;
	/** The body's text as it arrived. Where it holds integers beyond 2^53 it is preferred to `body`, which has lost digits. */
	readonly raw?: string;
}

/**
 * What a store's webhook reports: a list of store events, or the reason why it reports none. Never throws; whatever is
 * wrong with the body is a reason that names the order and the field.
 */
export function readStoreEvent(delivery: StoreDelivery, options: ReadOptions = {}): Reading {
	const headers = lowerCaseNames(delivery.headers ?? {});
	const { raw } = delivery;
	const exact =
		raw !== undefined && (delivery.body === undefined || hasLongIntegers(raw))
			? parseLossless(raw)
			: undefined;
	const body = asObject(exact ?? delivery.body);
	if (!body) {
		return ignored('bodyMalformed', 'The body of the webhook is not a JSON object.');
	}
	return readers[delivery.platform].read({ topic: delivery.topic ?? null, headers, body }, options);
}

/**
 * Store events from an order (or a Shopify refund) that came without topic and headers: from the host's own Shopify or
 * WooCommerce nodes and triggers, from its Webhook node (then the headers count), or over HTTP. Which platform it is shows in
 * its fields. Nothing here verifies a signature; that is what the Store Event Trigger is for.
 * Reason `notAnOrder` for anything else, and `orderList` for several orders in one item.
 */
export function recogniseOrder(json: unknown, options: ReadOptions = {}): Reading {
	const given = asObject(json);
	const headers = objectAt(given, 'headers');
	const requested = headers && objectAt(given, 'body');
	if (headers && requested) {
		for (const reader of Object.values(readers)) {
			if (header(headers, TOPIC_HEADERS[reader.platform]) !== null) {
				return reader.read({ topic: null, headers, body: requested }, options);
			}
		}
	}
	const body = requested ?? given;
	if (Array.isArray(json) || (body && (isList(body, 'orders') || isList(body, 'refunds')))) {
		return ignored(
			'orderList',
			'This is a list of orders. Split it first, so that each item is one order.',
		);
	}
	if (body) {
		for (const reader of Object.values(readers)) {
			const reading = reader.recognise(body, options);
			if (reading !== null) return reading;
		}
	}
	return ignored(
		'notAnOrder',
		'This is neither a store event nor an order of Shopify or WooCommerce. Connect the Store Event Trigger, or a node that gives whole orders.',
	);
}

/** Which header tells a platform's webhooks in a request that the host's Webhook node hands on. */
const TOPIC_HEADERS: Readonly<Record<Platform, string>> = {
	shopify: 'x-shopify-topic',
	woocommerce: 'x-wc-webhook-topic',
};

/** The REST API's lists come as one list under a name, and nothing else beside it. */
function isList(body: Body, name: string): boolean {
	const keys = Object.keys(body);
	return keys.length === 1 && keys[0] === name && Array.isArray(body[name]);
}

function lowerCaseNames(headers: Headers): Headers {
	if (!Object.keys(headers).some((name) => /[A-Z]/.test(name))) return headers;
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}
