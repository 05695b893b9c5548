import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import {
	deliver,
	shopifyDelivery,
	shopifyOrder,
	shopifyRefund,
	wooDelivery,
	wooOrder,
	wooPing,
} from '../../scripts/store/index.mjs';
import { chain, sharedWorld } from './support/n8n.mjs';

const SIGNED_WITH = 'corner & roastery';
const customer = {
	id: '7100000000001',
	email: 'ana@example.com',
	firstName: 'Ana',
	lastName: 'Silva',
};

const flow = (name, platform) =>
	chain(name, [
		{
			name: 'Shop',
			type: 'n8n-nodes-loyalty.storeEventTrigger',
			typeVersion: 1.1,
			parameters: { platform, events: ['order.paid', 'order.refunded', 'order.cancelled'] },
		},
		{ name: 'After', type: 'n8n-nodes-base.noOp' },
	]);

describe('the Store Event Trigger in the real n8n', () => {
	let client;
	let credential;
	let shopify;
	let woo;

	before(async () => {
		({ client } = await sharedWorld());
		credential = await client.createCredential('storeWebhookApi', {
			platform: 'shopify',
			signingSecrets: `new secret\n${SIGNED_WITH}`,
		});
		const links = { credentials: { storeWebhookApi: credential } };
		[shopify, woo] = await Promise.all(
			['shopify', 'woocommerce'].map(async (platform) =>
				client.activate(await client.importWorkflow(flow(`Trigger ${platform}`, platform), links)),
			),
		);
	});

	const url = (workflow) => client.urlOf(workflow, 'Shop');
	const order = () =>
		shopifyOrder({
			orderId: '820982911946154508',
			customer,
			lines: [{ title: 'Espresso', price: '12.50', quantity: 2 }],
		});

	it('takes a signed Shopify order and a refund, with their ids exact beyond 2^53', async () => {
		const signed = (topic, body) => shopifyDelivery({ topic, body, secret: SIGNED_WITH });
		const paid = await deliver(url(shopify), signed('orders/paid', order()));
		assert.equal(paid.status, 200, paid.text);
		const refund = shopifyRefund(order(), {
			refundId: '890088186047892319',
			lines: [{ index: 0, quantity: 1 }],
		});
		const refunded = await deliver(url(shopify), signed('refunds/create', refund));
		assert.equal(refunded.status, 200, refunded.text);

		const runs = await client.untilRun(shopify, 2);
		const items = await Promise.all(
			runs.map(async ({ id }) => (await client.execution(id)).items('After')),
		);
		const byType = new Map(items.flat().map((item) => [item.type, item]));
		assert.equal(byType.get('order.paid').event.order.id, '820982911946154508');
		assert.equal(byType.get('order.paid').total, '25.00');
		assert.equal(byType.get('order.refunded').refundId, '890088186047892319');
		assert.equal(byType.get('order.refunded').orderId, '820982911946154508');
	});

	it('verifies what was sent, also when it was compressed on the way', async () => {
		const before = (await client.executions(shopify)).length;
		const { text, headers } = shopifyDelivery({
			topic: 'orders/paid',
			body: order(),
			secret: SIGNED_WITH,
		});
		const answer = await deliver(url(shopify), {
			text: gzipSync(text),
			headers: { ...headers, 'content-encoding': 'gzip' },
		});
		assert.equal(answer.status, 200, answer.text);
		await client.untilRun(shopify, before + 1);
	});

	it('answers 401 to a wrong or missing signature and starts nothing', async () => {
		const before = (await client.executions(shopify)).length;
		for (const secret of ['another', null]) {
			const answer = await deliver(
				url(shopify),
				shopifyDelivery({ topic: 'orders/paid', body: order(), secret }),
			);
			assert.equal(answer.status, 401, answer.text);
			assert.equal(answer.json.received, false);
		}
		assert.equal((await client.executions(shopify)).length, before);
	});

	it('answers 200 with the reason to what has no bearing on loyalty', async () => {
		const answer = await deliver(
			url(shopify),
			shopifyDelivery({ topic: 'products/create', body: { id: 1 }, secret: SIGNED_WITH }),
		);
		assert.deepEqual([answer.status, answer.json?.reason], [200, 'topicIgnored']);
	});

	it('answers 4xx with words to a body that is not JSON, whoever finds out first', async () => {
		const signed = shopifyDelivery({ topic: 'orders/paid', body: '{"id": ', secret: SIGNED_WITH });
		assert.equal((await deliver(url(shopify), signed)).status, 422);
		const headers = { ...signed.headers, 'content-type': 'text/plain' };
		const asText = await deliver(url(shopify), { ...signed, headers });
		assert.equal(asText.status, 400);
		assert.match(asText.json.message, /not a JSON object/);
	});

	it('greets WooCommerce back and takes its orders', async () => {
		const hello = await deliver(url(woo), wooPing());
		assert.deepEqual([hello.status, hello.json?.reason], [200, 'ping']);
		assert.equal((await client.executions(woo)).length, 0);

		const body = wooOrder({
			orderId: 727,
			customer,
			lines: [{ name: 'Espresso', total: '25.00' }],
		});
		const answer = await deliver(
			url(woo),
			wooDelivery({ topic: 'order.updated', body, secret: SIGNED_WITH }),
		);
		assert.equal(answer.status, 200, answer.text);
		const [run] = await client.untilRun(woo);
		const [item] = (await client.execution(run.id)).items('After');
		assert.deepEqual(
			[item.type, item.orderId, item.store],
			['order.paid', '727', 'shop.example.com'],
		);
		assert.equal(JSON.stringify(item).includes(SIGNED_WITH), false);
	});

	it('has its credential tested without calling anybody', async () => {
		const test = (signingSecrets) =>
			client.rest('POST', '/credentials/test', {
				credentials: {
					id: credential.id,
					name: credential.name,
					type: credential.type,
					data: { platform: 'shopify', signingSecrets },
				},
			});
		assert.equal((await test(SIGNED_WITH)).status, 'OK');
		const mistaken = await test('shpat_0123456789');
		assert.equal(mistaken.status, 'Error');
		assert.match(mistaken.message, /access token/);
	});
});
