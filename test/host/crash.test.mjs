import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import {
	deliverUntilTaken,
	inParallel,
	shopifyDelivery,
	shopifyOrder,
} from '../../scripts/store/index.mjs';
import { startFrontDoor } from '../../scripts/host/index.mjs';
import { SECRET } from './support/flows.mjs';
import { seeded } from './support/random.mjs';
import { sharedShop } from './support/shop.mjs';

const SEED = Number(process.env.LOYALTY_SEED ?? 20260105);
const KILLS = 15;
const ORDERS = 200;
const BUYERS = 20;

/** As a supervisor does: what does not come up after a kill is started again. */
async function startAgain(n8n) {
	for (let attempt = 1; ; attempt++) {
		try {
			return await n8n.start();
		} catch (error) {
			if (attempt === 3) throw error;
			await n8n.kill();
		}
	}
}

describe('n8n is killed while a shop sends its orders', () => {
	let shop;

	before(async () => {
		shop = await sharedShop();
	});

	it(`after ${KILLS} kills at random moments every one of ${ORDERS} redelivered orders counts exactly once (seed ${SEED})`, async (t) => {
		const { n8n, shopify } = shop;
		const door = await startFrontDoor(n8n);
		const address = door.through(shopify.url);
		// A shop that goes on sending would keep a failed run from ending.
		const given = new AbortController();
		t.after(async () => {
			given.abort();
			await door.stop();
		});
		const random = seeded(SEED);
		const orders = Array.from({ length: ORDERS }, (_, index) => {
			const buyer = index % BUYERS;
			return {
				email: `crash-${buyer}@example.com`,
				euros: 5 + Math.floor(random() * 60),
				orderId: String(7_100_000_000_000 + index),
				buyer,
			};
		});
		const send = ({ email, euros, orderId, buyer }) =>
			deliverUntilTaken(
				address,
				shopifyDelivery({
					topic: 'orders/paid',
					secret: SECRET,
					body: shopifyOrder({
						orderId,
						customer: {
							id: String(71_000 + buyer),
							email,
							firstName: 'Buyer',
							lastName: String(buyer),
						},
						lines: [{ title: 'Beans', price: `${euros}.00` }],
					}),
				}),
				{ timeoutMs: 60_000, deadlineMs: 900_000, signal: given.signal },
			);

		// The orders come in as many waves as there are kills and one more, so that every kill finds n8n at work.
		const waves = Array.from({ length: KILLS + 1 }, (_, wave) =>
			orders.filter((_order, index) => index % (KILLS + 1) === wave),
		);
		const sent = [];
		for (const [wave, some] of waves.entries()) {
			sent.push(inParallel(some, 6, send));
			if (wave === KILLS) break;
			await sleep(random() * 1200);
			await n8n.kill();
			await startAgain(n8n);
		}
		const answers = (await Promise.all(sent)).flat();
		assert.deepEqual(
			answers.filter(({ status }) => status < 200 || status > 299),
			[],
		);
		assert.ok(
			answers.some(({ tries }) => tries > 1),
			'no delivery was disturbed: the kills came at the wrong time',
		);

		const ids = new Set(orders.map(({ orderId }) => orderId));
		const earned = (await shop.ledger()).filter(
			({ kind, order_ref: order }) => kind === 'earn' && ids.has(String(order).split(':').at(-1)),
		);
		assert.equal(new Set(earned.map(({ entry_key: key }) => key)).size, ORDERS);
		for (let buyer = 0; buyer < BUYERS; buyer++) {
			const own = orders.filter((order) => order.buyer === buyer);
			const member = await shop.member(`crash-${buyer}@example.com`);
			assert.equal(member.orders, own.length, `orders of buyer ${buyer}`);
			assert.equal(
				member.lifetimePoints,
				own.reduce((sum, { euros }) => sum + euros, 0),
				`points of buyer ${buyer}`,
			);
		}
	});

	it('the members view, rebuilt from the ledger, equals itself', async () => {
		await shop.rebuild();
		const first = await shop.view();
		assert.ok(first.length >= BUYERS);
		await shop.rebuild();
		assert.deepEqual(await shop.view(), first);
	});
});
