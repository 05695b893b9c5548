import { NodeConnectionTypes } from 'n8n-workflow';

import { shopifyOrder } from '../../engine/event/bodies';
import type { WorkflowJson } from '../runtime';
import { Runtime, runWebhook } from '../runtime';
import { sign } from './signing';

const workflow: WorkflowJson = {
	nodes: [
		{
			name: 'Shop',
			type: 'n8n-nodes-loyalty.storeEventTrigger',
			typeVersion: 1.1,
			parameters: {},
			credentials: { storeWebhookApi: { id: '1', name: 'Shop' } },
		},
		{ name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	],
	connections: { Shop: { main: [[{ node: 'After', type: NodeConnectionTypes.Main, index: 0 }]] } },
};

/** A shop and the credential of its trigger, whose owner changes the secret from time to time. */
function shop(firstSecret: string) {
	const credential = { platform: 'shopify', signingSecrets: firstSecret };
	const runtime = new Runtime({ credentials: { storeWebhookApi: credential } });
	const body = JSON.stringify(shopifyOrder());
	return {
		change(secret: string) {
			credential.signingSecrets = secret;
		},
		/** The status of the answer to a delivery that was signed with this. */
		async deliver(secret: string, toTestUrl = false) {
			const { status } = await runWebhook(runtime, workflow, 'Shop', {
				body,
				headers: {
					'X-Shopify-Topic': 'orders/paid',
					'X-Shopify-Shop-Domain': 'blue-mug.myshopify.com',
					'X-Shopify-Hmac-Sha256': sign(body, secret),
				},
				toTestUrl,
			});
			return status;
		},
	};
}

describe('a signing secret that its owner changes', () => {
	let now: number;

	beforeEach(() => {
		now = Date.UTC(2025, 2, 1);
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	});

	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('works at once when it is new', async () => {
		const { change, deliver } = shop('old');
		expect(await deliver('old')).toBe(200);
		change('new');
		expect(await deliver('new')).toBe(200);
	});

	it('stops working ten seconds after it was last read, at the latest', async () => {
		const { change, deliver } = shop('old');
		expect(await deliver('old')).toBe(200);
		change('new');
		now += 9_999;
		expect(await deliver('old')).toBe(200);
		now += 1;
		expect(await deliver('old')).toBe(401);
	});

	it('stops working as soon as the new one was used', async () => {
		const { change, deliver } = shop('old');
		expect(await deliver('old')).toBe(200);
		change('new');
		expect(await deliver('new')).toBe(200);
		expect(await deliver('old')).toBe(401);
	});

	it('is not kept longer because it is in use', async () => {
		const { change, deliver } = shop('old');
		expect(await deliver('old')).toBe(200);
		change('new');
		for (let seconds = 1; seconds < 10; seconds += 1) {
			now += 1_000;
			expect(await deliver('old')).toBe(200);
		}
		now += 1_000;
		expect(await deliver('old')).toBe(401);
	});

	it('is not believed after the clock was set back', async () => {
		const { change, deliver } = shop('old');
		expect(await deliver('old')).toBe(200);
		change('new');
		now -= 1;
		expect(await deliver('old')).toBe(401);
	});

	it('is read with every delivery to the test URL', async () => {
		const { change, deliver } = shop('old');
		expect(await deliver('old', true)).toBe(200);
		change('new');
		expect(await deliver('old', true)).toBe(401);
	});

	it('of one workflow is nothing to another with the same credential', async () => {
		const one = shop('one');
		const other = shop('other');
		expect(await one.deliver('one')).toBe(200);
		expect(await other.deliver('one')).toBe(401);
	});
});
