import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { StoreEvent } from '../../../engine/event';
import { parseStoreEvent } from '../../../engine/event';
import type { Json } from '../../engine/event/bodies';
import { shopifyOrder, shopifyRefund, wooOrder } from '../../engine/event/bodies';
import type { WorkflowJson } from '../runtime';
import { Runtime, runWebhook } from '../runtime';
import { sign } from './signing';

const SIGNED_WITH = 'hush';

function workflow(
	parameters: INodeParameters = {},
	last: WorkflowJson['nodes'][number] | null = null,
): WorkflowJson {
	return {
		nodes: [
			{
				name: 'Shop',
				type: 'n8n-nodes-loyalty.storeEventTrigger',
				typeVersion: 1.1,
				parameters,
				credentials: { storeWebhookApi: { id: '1', name: 'Shop' } },
			},
			last ?? { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
		],
		connections: {
			Shop: { main: [[{ node: last?.name ?? 'After', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
	};
}

function runtime(signingSecrets = SIGNED_WITH): Runtime {
	return new Runtime({ credentials: { storeWebhookApi: { signingSecrets, platform: 'shopify' } } });
}

function shopifyHeaders(body: string, topic = 'orders/paid', changes: Record<string, string> = {}) {
	return {
		'X-Shopify-Topic': topic,
		'X-Shopify-Shop-Domain': 'Blue-Mug.myshopify.com',
		'X-Shopify-Webhook-Id': 'delivery-1',
		'X-Shopify-Event-Id': 'event-1',
		'X-Shopify-Hmac-Sha256': sign(body, SIGNED_WITH),
		...changes,
	};
}

function fromShopify(
	body: unknown,
	{
		topic,
		headers,
		parameters,
	}: { topic?: string; headers?: Record<string, string>; parameters?: INodeParameters } = {},
) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return runWebhook(runtime(), workflow(parameters), 'Shop', {
		body: text,
		headers: shopifyHeaders(text, topic, headers),
	});
}

function fromWoo(
	body: unknown,
	topic = 'order.updated',
	headers: Record<string, string> = {},
	parameters: INodeParameters = {},
) {
	const text = JSON.stringify(body);
	return runWebhook(runtime(), workflow({ platform: 'woocommerce', ...parameters }), 'Shop', {
		body: text,
		headers: {
			'X-WC-Webhook-Topic': topic,
			'X-WC-Webhook-Source': 'https://blue-mug.example/shop/',
			'X-WC-Webhook-Delivery-ID': 'd-2',
			'X-WC-Webhook-Signature': sign(text, SIGNED_WITH),
			...headers,
		},
	});
}

describe('a signed delivery', () => {
	it('from Shopify starts a run with one flat item and the whole event', async () => {
		const answer = await fromShopify(shopifyOrder());
		expect(answer).toMatchObject({ status: 200, body: undefined, answered: true });
		const [item, ...more] = answer.run?.json('After') ?? [];
		expect(more).toEqual([]);
		expect(item).toEqual({
			type: 'order.paid',
			platform: 'shopify',
			store: 'blue-mug.myshopify.com',
			occurredAt: '2025-03-01T10:00:01.000Z',
			test: false,
			orderId: '5800000000001',
			orderNumber: '#1042',
			total: '24.00',
			currency: 'EUR',
			customerId: '7100000000001',
			customerEmail: 'ada@example.com',
			customerFirstName: 'Ada',
			customerLastName: 'Lovelace',
			event: expect.objectContaining({ type: 'order.paid' }) as unknown,
			delivery: {
				platform: 'shopify',
				id: 'delivery-1',
				eventId: 'event-1',
				topic: 'orders/paid',
				shop: 'blue-mug.myshopify.com',
				receivedAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
			},
		});
		expect(parseStoreEvent(item.event)).toMatchObject({ ok: true });
	});

	it('gives one item for each thing it reports', async () => {
		const body = shopifyOrder({
			financial_status: 'partially_refunded',
			refunds: [shopifyRefund()],
		});
		const answer = await fromShopify(body, { topic: 'orders/updated' });
		expect(
			answer.run?.json('After').map(({ type, refundId, total }) => [type, refundId, total]),
		).toEqual([
			['order.paid', undefined, '24.00'],
			['order.refunded', '880001', '12.00'],
		]);
	});

	it('trap: one event of Shopify has one event id and a webhook id for each subscription, so both go along', async () => {
		const answer = await fromShopify(shopifyOrder(), {
			headers: { 'X-Shopify-Webhook-Id': 'delivery-9' },
		});
		expect(answer.run?.json('After')[0].delivery).toMatchObject({
			id: 'delivery-9',
			eventId: 'event-1',
		});
	});

	it('keeps ids exact that the host’s own parser rounds', async () => {
		const text = JSON.stringify(shopifyRefund()).replace(
			'"order_id":5800000000001',
			'"order_id":820982911946154508',
		);
		const answer = await fromShopify(text, { topic: 'refunds/create' });
		expect(answer.run?.json('After')[0]).toMatchObject({ orderId: '820982911946154508' });
	});

	it('from WooCommerce starts a run, also when the body is compressed or spelled oddly', async () => {
		const answer = await fromWoo(wooOrder());
		expect(answer.run?.json('After')).toEqual([
			expect.objectContaining({
				type: 'order.paid',
				store: 'blue-mug.example/shop',
				total: '28.56',
				delivery: expect.objectContaining({
					id: 'd-2',
					eventId: null,
					topic: 'order.updated',
					shop: 'blue-mug.example/shop',
				}) as unknown,
			}),
		]);
	});

	it('counts the statuses as paid that the owner names', async () => {
		const body = wooOrder({ status: 'packing', date_paid: null, date_paid_gmt: null });
		expect((await fromWoo(body)).run).toBeUndefined();
		const answer = await fromWoo(
			body,
			'order.updated',
			{},
			{ options: { paidStatuses: 'packing, completed' } },
		);
		expect(answer.run?.json('After')).toHaveLength(1);
	});

	it('lets neither the secret nor the signature nor other headers out', async () => {
		const answer = await fromShopify(shopifyOrder(), {
			headers: { Authorization: 'Bearer of-bad-news' },
		});
		const written = JSON.stringify(answer.run?.items('After'));
		expect(written).not.toContain(SIGNED_WITH);
		expect(written).not.toContain(sign(JSON.stringify(shopifyOrder()), SIGNED_WITH));
		expect(written).not.toContain('of-bad-news');
	});
});

describe('a delivery that is not good', () => {
	const body = JSON.stringify(shopifyOrder());

	it.each([
		['another secret', { 'X-Shopify-Hmac-Sha256': sign(body, 'other') }],
		['no signature', { 'X-Shopify-Hmac-Sha256': '' }],
		['the signature of another body', { 'X-Shopify-Hmac-Sha256': sign(`${body} `, SIGNED_WITH) }],
		[
			'a hex signature',
			{ 'X-Shopify-Hmac-Sha256': Buffer.from(sign(body, SIGNED_WITH), 'base64').toString('hex') },
		],
	])('with %s is answered 401 and starts nothing', async (_, headers) => {
		const answer = await fromShopify(body, { headers });
		expect(answer).toMatchObject({ status: 401, answered: true, body: { received: false } });
		expect(answer.run).toBeUndefined();
	});

	it('is 401 when the credential holds no secret', async () => {
		const answer = await runWebhook(runtime(' \n '), workflow(), 'Shop', {
			body,
			headers: shopifyHeaders(body, 'orders/paid', { 'X-Shopify-Hmac-Sha256': sign(body, '') }),
		});
		expect(answer).toMatchObject({ status: 401 });
	});

	it('does not say what is in the credential or why exactly it did not fit', async () => {
		const answer = await fromShopify(body, {
			headers: { 'X-Shopify-Hmac-Sha256': sign(body, 'other') },
		});
		expect(JSON.stringify(answer.body)).not.toContain(SIGNED_WITH);
		expect(JSON.stringify(answer.body)).not.toContain(sign(body, SIGNED_WITH));
	});

	it('of another shop than the named one is 401, and of no shop 400', async () => {
		const named = { shopDomain: 'https://blue-mug.myshopify.com/' };
		expect((await fromShopify(body, { parameters: named })).status).toBe(200);
		const other = { 'X-Shopify-Shop-Domain': 'red-mug.myshopify.com' };
		expect(await fromShopify(body, { parameters: named, headers: other })).toMatchObject({
			status: 401,
			body: { message: expect.stringContaining('blue-mug') as unknown },
		});
		expect(await fromShopify(body, { headers: { 'X-Shopify-Shop-Domain': '' } })).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining('which shop') as unknown },
		});
	});

	it('names a WooCommerce shop with or without its path', async () => {
		for (const [shopDomain, status] of [
			['blue-mug.example', 200],
			['blue-mug.example/shop', 200],
			['blue-mug.example/other', 401],
			['mug.example', 401],
		] as const) {
			expect((await fromWoo(wooOrder(), 'order.updated', {}, { shopDomain })).status).toBe(status);
		}
	});

	it('whose text is not JSON is 400 with the reason', async () => {
		const answer = await fromShopify('{"id": 1', { headers: { 'Content-Type': 'text/plain' } });
		expect(answer).toMatchObject({
			status: 400,
			body: { message: 'The body of the webhook is not a JSON object.' },
		});
	});

	it('without topic or body is 400', async () => {
		expect(await fromShopify(body, { headers: { 'X-Shopify-Topic': '' } })).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining('topic') as unknown },
		});
		expect((await fromShopify('')).status).toBe(400);
	});
});

describe('a good delivery with nothing to do', () => {
	const quiet = { status: 200, answered: true };

	it('of a topic without bearing on loyalty is 200 with the reason', async () => {
		const answer = await fromShopify({ id: 1 }, { topic: 'products/create' });
		expect(answer).toMatchObject({ status: 200, body: { received: true, reason: 'topicIgnored' } });
		expect(answer.run).toBeUndefined();
	});

	it('of an event nobody asked for is 200', async () => {
		const answer = await fromShopify(shopifyOrder(), {
			parameters: { events: ['customer.created'] },
		});
		expect(answer).toMatchObject({ ...quiet, body: { reason: 'notSubscribed' } });
		expect(answer.run).toBeUndefined();
	});

	it('of a test order is 200, and handed on only if asked', async () => {
		const body = shopifyOrder({ test: true });
		const answer = await fromShopify(body);
		expect(answer).toMatchObject({ ...quiet, body: { reason: 'notSubscribed' } });
		expect(answer.run).toBeUndefined();
		const asked = await fromShopify(body, { parameters: { options: { includeTestOrders: true } } });
		expect(asked.run?.json('After')).toEqual([expect.objectContaining({ test: true })]);
	});

	it('of an order that cannot be counted is 200 with the reason, so that the shop does not stop sending', async () => {
		const answer = await fromShopify(shopifyOrder({ financial_status: undefined }));
		expect(answer).toMatchObject({
			...quiet,
			body: { reason: 'orderIncomplete', message: expect.stringContaining('#1042') as unknown },
		});
		expect(answer.run).toBeUndefined();
	});

	it('of WooCommerce’s unsigned hello is 200', async () => {
		const answer = await runWebhook(runtime(), workflow({ platform: 'woocommerce' }), 'Shop', {
			body: 'webhook_id=123',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		});
		expect(answer).toMatchObject({ ...quiet, body: { reason: 'ping' } });
		expect(answer.run).toBeUndefined();
	});

	it('but an unsigned order dressed as a hello is 401', async () => {
		const hello = (body: string, platform: string, type = 'application/x-www-form-urlencoded') =>
			runWebhook(runtime(), workflow({ platform }), 'Shop', {
				body,
				headers: { 'Content-Type': type },
			});
		expect((await hello('webhook_id=123&id=727&status=completed', 'woocommerce')).status).toBe(401);
		expect((await hello('{"webhook_id":123}', 'woocommerce', 'application/json')).status).toBe(401);
		expect((await hello('webhook_id=123', 'shopify')).status).toBe(401);
	});
});

describe('when the shop is told', () => {
	const deliver = (parameters: INodeParameters, last: WorkflowJson['nodes'][number] | null) => {
		const text = JSON.stringify(shopifyOrder());
		return runWebhook(runtime(), workflow(parameters, last), 'Shop', {
			body: text,
			headers: shopifyHeaders(text),
		});
	};
	const failing = {
		name: 'After',
		type: 'n8n-nodes-base.stopAndError',
		parameters: { errorMessage: 'The ledger is not there' },
	};
	const nothing = {
		name: 'After',
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { version: 2, caseSensitive: true, typeValidation: 'loose' },
				combinator: 'and',
				conditions: [
					{ leftValue: 1, rightValue: 2, operator: { type: 'number', operation: 'equals' } },
				],
			},
		},
	};

	it('by default only after the run went well, so that a failed one is sent again', async () => {
		expect((await deliver({}, failing)).status).toBe(500);
		expect((await deliver({}, null)).status).toBe(200);
	});

	it('a run that ends with no item went well', async () => {
		expect((await deliver({}, nothing)).status).toBe(200);
	});

	it('at once if the owner wants it so', async () => {
		expect((await deliver({ responseMode: 'onReceived' }, failing)).status).toBe(200);
	});

	it('by a Respond to Webhook node of the version in the templates', async () => {
		const respond = (typeVersion: number) => ({
			name: 'After',
			type: 'n8n-nodes-base.respondToWebhook',
			typeVersion,
			parameters: {
				respondWith: 'json',
				responseBody: '{"points": 24}',
				options: { responseCode: 202 },
			},
		});
		const answer = (version: number) => deliver({ responseMode: 'responseNode' }, respond(version));
		expect(await answer(1)).toMatchObject({ status: 202, answered: true });
		// Later versions look for n8n's own Webhook node; the option's description says so.
		expect((await answer(1.1)).run?.error?.message).toBe('No Webhook node found in the workflow');
	});
});

describe('other events as items', () => {
	it('a customer, a checkout and a refund carry what is known of them', async () => {
		const all = ['customer.created', 'checkout.opened', 'order.refunded'];
		const item = async (topic: string, body: Json) =>
			(await fromShopify(body, { topic, parameters: { events: all } })).run?.json('After')[0] as
				| (IDataObject & { event: StoreEvent })
				| undefined;
		expect(
			await item('customers/create', {
				id: 5,
				email: 'eve@example.com',
				first_name: 'Eve',
				created_at: '2025-01-01T00:00:00Z',
			}),
		).toMatchObject({
			type: 'customer.created',
			customerId: '5',
			customerEmail: 'eve@example.com',
		});
		expect(
			await item('checkouts/create', {
				id: 6,
				token: 't',
				email: 'eve@example.com',
				currency: 'JPY',
				total_price: '1200',
				updated_at: '2025-01-01T00:00:00Z',
				abandoned_checkout_url: 'https://x.example/r',
			}),
		).toMatchObject({
			type: 'checkout.opened',
			checkoutId: '6',
			total: '1200',
			recoveryUrl: 'https://x.example/r',
			completedAt: null,
		});
		expect(await item('refunds/create', shopifyRefund())).toMatchObject({
			type: 'order.refunded',
			orderId: '5800000000001',
			refundId: '880001',
			total: '12.00',
			customerEmail: null,
		});
	});
});
