import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { deliver, shopifyDelivery, shopifyOrder } from '../../../scripts/store/index.mjs';
import { openTemplates, SIGNED_WITH } from '../support/templates.mjs';

describe('template 06, the status of a member', () => {
	let shop;
	const ask = async (email, options) =>
		await shop.call('06', undefined, { method: 'GET', query: { email }, ...options });

	before(async () => {
		shop = await openTemplates();
	});

	it('tells points, worth, tier and progress, exactly as the ledger has them', async () => {
		const email = 'nora@status.example.com';
		await deliver(
			shop.flow('02').url,
			shopifyDelivery({
				topic: 'orders/paid',
				secret: SIGNED_WITH,
				body: shopifyOrder({
					orderId: '6100000000001',
					customer: { id: '6200000000001', email, firstName: 'Nora', lastName: 'Vik' },
					lines: [{ title: 'Grinder', price: '350.00' }],
				}),
			}),
		);
		const { status, json } = await ask('Nora@Status.example.com');
		assert.equal(status, 200);
		assert.deepEqual(
			{ ...json, expiring: json.expiring.points, tier: json.tier.name },
			{
				member: true,
				email,
				firstName: 'Nora',
				points: 350,
				worth: '3.00',
				currency: 'EUR',
				pending: { points: 0, from: null },
				expiring: 350,
				tier: 'Silver',
				nextTier: {
					name: 'Gold',
					missing: '150.00',
					progressPercent: json.nextTier.progressPercent,
				},
				message: 'You have 350 points to spend.',
			},
		);
		assert.ok(json.nextTier.progressPercent > 0 && json.nextTier.progressPercent < 100);
		assert.ok(Date.parse(json.expiring.at) > Date.now());
	});

	it('answers somebody unknown with a friendly zero in the same shape, and makes nobody a member', async () => {
		const { status, json } = await ask('nobody@status.example.com');
		assert.equal(status, 200);
		assert.equal(json.member, false);
		assert.equal(json.points, 0);
		const known = (await ask('nora@status.example.com')).json;
		assert.deepEqual(Object.keys(json), Object.keys(known));
		assert.equal(await shop.member('nobody@status.example.com'), undefined);
	});

	it('says what is missing when no address, or none that is one, is given', async () => {
		for (const email of ['', 'a@b@c']) {
			const { status, json } = await ask(email);
			assert.equal(status, 400);
			assert.ok(json.message.length > 10);
		}
	});

	it('is closed to whoever has not the secret', async () => {
		assert.equal((await ask('nora@status.example.com', { authorization: null })).status, 403);
		assert.equal((await ask('nora@status.example.com', { authorization: 'Bearer x' })).status, 403);
	});
});
