import { parseStoreEvent } from '../../../engine/event';
import type { Json } from './bodies';
import { shopifyOrder, shopifyRefund, wooOrder } from './bodies';
import { events, fromShopify, fromWoo } from './reading';

const [paid] = events(fromShopify('orders/paid', shopifyOrder()));
const [refunded] = events(fromShopify('refunds/create', shopifyRefund()));
const [woo] = events(fromWoo('order.updated', wooOrder()));

function messageOf(json: unknown): string {
	const result = parseStoreEvent(json);
	return result.ok ? 'accepted' : `${result.reason.code}: ${result.reason.message}`;
}

function with_(path: string, value: unknown): Json {
	const copy = structuredClone(paid) as unknown as Json;
	const steps = path.split('.');
	let parent = copy;
	for (const step of steps.slice(0, -1)) parent = parent[step] as Json;
	parent[steps[steps.length - 1]] = value;
	return copy;
}

describe('a store event that comes back as item JSON', () => {
	it('is accepted as it was given', () => {
		for (const event of [paid, refunded, woo]) {
			expect(parseStoreEvent(JSON.parse(JSON.stringify(event)))).toEqual({
				ok: true,
				value: event,
			});
		}
	});

	it('loses fields that are not part of it', () => {
		expect(parseStoreEvent({ ...paid, secret: 'x' })).toEqual({ ok: true, value: paid });
	});

	it.each([
		['order.total', 19.9],
		['order.total', '2400'],
		['order.total', 2 ** 53],
		['order.currency', 'EURO'],
		['order.lines.0.net', NaN],
		['order.lines.0.quantity', -1],
		['order.id', ''],
		['order.id', 5],
		['order.customer.email', 'x'.repeat(2001)],
		['order.customer.consent', null],
		['order.paymentState', 'gratis'],
		['occurredAt', '2025-03-01T10:00:00+01:00'],
		['occurredAt', '2025-13-01T10:00:00.000Z'],
		['store', ''],
		['test', 'false'],
	])('with %s = %p is refused, naming the field', (path, value) => {
		expect(messageOf(with_(path, value))).toMatch(
			new RegExp(`^eventInvalid: .*"${path.replaceAll('.', '\\.')}"`),
		);
	});

	it('that is none at all is told what to connect', () => {
		for (const json of [null, undefined, 5, 'x', [], [paid]]) {
			expect(messageOf(json)).toContain('Connect the Store Event Trigger');
		}
		expect(messageOf({})).toContain('"type"');
		expect(messageOf({ ...paid, type: 'order.lost' })).toContain('"type"');
	});

	it('with a refund of nothing is refused', () => {
		const copy = structuredClone(refunded) as unknown as { refund: Json };
		copy.refund.amount = 0;
		expect(messageOf(copy)).toContain('"refund.amount" must be above zero');
	});
});
