import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import {
	deliver,
	deliverUntilTaken,
	inParallel,
	shopifyDelivery,
	shopifyOrder,
	wooDelivery,
	wooOrder,
	wooPing,
} from '../../scripts/store/index.mjs';
import { SECRET } from './support/flows.mjs';
import { sharedShop } from './support/shop.mjs';

/** These tests are about what counts, not about how fast: a slow machine gets its time. */
const PATIENT = { timeoutMs: 300_000 };

const order = (orderId, email, price, more = {}) =>
	shopifyOrder({
		orderId,
		customer: {
			id: String(81_000 + (Number(orderId) % 1000)),
			email,
			firstName: 'Buyer',
			lastName: 'Busy',
		},
		lines: [{ title: 'Beans', price }],
		...more,
	});

const paid = (body, more = {}) =>
	shopifyDelivery({ topic: 'orders/paid', secret: SECRET, body, ...more });

describe('a shop that delivers often and at once', () => {
	let shop;

	before(async () => {
		shop = await sharedShop();
	});

	it('the same order delivered 20 times in parallel counts once', async () => {
		const body = order('8100000000001', 'twenty@example.com', '50.00');
		const answers = await Promise.all(
			Array.from({ length: 20 }, () => deliver(shop.shopify.url, paid(body), PATIENT)),
		);
		assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
		const member = await shop.member('twenty@example.com');
		assert.equal(member.orders, 1);
		assert.equal(member.spendablePoints, 50);
		const runs = await shop.client.executions(shop.shopify);
		const applied = await inParallel(runs, 4, async ({ id }) =>
			(await shop.client.execution(id))
				.items('Loyalty')
				.filter(({ email }) => email === 'twenty@example.com'),
		);
		assert.deepEqual(
			applied.flat().map(({ points }) => points),
			[50],
			'exactly one run says that it gave the points',
		);
	});

	it('100 different orders of 10 members in parallel all count', async () => {
		const orders = Array.from({ length: 100 }, (_, index) =>
			order(String(8_200_000_000_000 + index), `ten-${index % 10}@example.com`, `${10 + index}.00`),
		);
		const answers = await Promise.all(
			orders.map((body) => deliverUntilTaken(shop.shopify.url, paid(body), PATIENT)),
		);
		assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
		for (let member = 0; member < 10; member++) {
			const { orders: count, spendablePoints } = await shop.member(`ten-${member}@example.com`);
			assert.equal(count, 10);
			assert.equal(spendablePoints, 10 * (10 + member) + 450);
		}
	});

	it('of 30 redemptions at once against a balance for 7, exactly 7 succeed and the others are told so', async () => {
		const email = 'spender@example.com';
		await shop.award(email, 750, 'start-balance');
		const tries = Array.from({ length: 30 }, (_, index) => `redemption-${index}`);
		// Somebody who is told "try again" does so, with the same request.
		const untilDecided = async (requestId) => {
			for (let attempt = 1; ; attempt++) {
				const answer = await shop.redeem(email, 100, requestId);
				if (answer.reasonCode !== 'busy' || attempt === 40) return answer;
			}
		};
		const answers = await inParallel(tries, 30, untilDecided);
		const succeeded = answers.filter(({ redeemed }) => redeemed === true);
		assert.equal(succeeded.length, 7);
		assert.equal(new Set(succeeded.map(({ discountCode }) => discountCode)).size, 7);
		for (const refused of answers.filter(({ redeemed }) => redeemed !== true)) {
			assert.equal(refused.reasonCode, 'notEnoughPoints', refused.reason);
		}
		const { spendablePoints } = await shop.member(email);
		assert.equal(spendablePoints, 50);
	});
});

describe('deliveries that must not count', () => {
	let shop;

	before(async () => {
		shop = await sharedShop();
	});

	const toShopify = (delivery) => deliver(shop.shopify.url, delivery);
	const toWoo = (delivery) => deliver(shop.woocommerce.url, delivery);
	const good = (more) => order('8300000000001', 'nobody@example.com', '30.00', more);
	const wooGood = (more) =>
		wooOrder({
			orderId: 8301,
			customer: { id: 9, email: 'nobody@example.com', firstName: 'No', lastName: 'Body' },
			lines: [{ name: 'Beans', total: '30.00' }],
			...more,
		});
	const woo = (body, more = {}) =>
		wooDelivery({ topic: 'order.updated', secret: SECRET, body, ...more });
	const large = `"${'x'.repeat(5 * 1024 * 1024)}"`;

	const cases = [
		[
			'a forged signature',
			401,
			/signature/i,
			() => toShopify(paid(good(), { secret: 'not the secret' })),
		],
		[
			'a forged signature of WooCommerce',
			401,
			/signature/i,
			() => toWoo(woo(wooGood(), { secret: 'wrong' })),
		],
		['a missing signature', 401, /signature/i, () => toShopify(paid(good(), { secret: null }))],
		[
			'a missing signature of WooCommerce',
			401,
			/signature/i,
			() => toWoo(woo(wooGood(), { secret: null })),
		],
		[
			'a stale signature, left over from the order as it was before somebody changed the amount,',
			401,
			/signature/i,
			() => {
				const { headers } = paid(good());
				return toShopify({
					...paid(order('8300000000001', 'nobody@example.com', '3000.00')),
					headers,
				});
			},
		],
		[
			'JSON that breaks off',
			422,
			/json|parse/i,
			() => toShopify(paid('{"id": 8300000000001, "line_items": [{"pri')),
		],
		['a body that is no order', 400, /order|body/i, () => toShopify(paid('[1, 2, 3]'))],
		['5 MB without a signature', 401, /signature/i, () => toShopify(paid(large, { secret: null }))],
		['5 MB that are signed but no order', 400, /order|body|object/i, () => toShopify(paid(large))],
		[
			'an order in a currency that does not exist',
			200,
			/currency/i,
			() => toShopify(paid(good({ currency: 'QQQ' }))),
		],
		[
			'an order with a negative total',
			200,
			/negative|total|amount/i,
			() => toShopify(paid({ ...good(), total_price: '-30.00', current_total_price: '-30.00' })),
		],
		[
			'a test order',
			200,
			/test|waits/i,
			() => toShopify(paid(good({ test: true }), { test: true })),
		],
		["WooCommerce's first ping", 200, /hello/i, () => toWoo(wooPing())],
	];

	for (const [what, status, words, send] of cases) {
		it(`${what} is answered ${status} with the reason, and nothing is in the ledger`, async () => {
			const rows = (await shop.ledger()).length;
			const answer = await send();
			assert.equal(answer.status, status, answer.text.slice(0, 300));
			assert.match(answer.text === '' ? await shop.lastReason(shop.shopify) : answer.text, words);
			assert.equal((await shop.ledger()).length, rows);
		});
	}

	it('a delivery that was taken before and is sent again by somebody who recorded it counts for nothing', async () => {
		const delivery = paid(order('8300000000009', 'replayed@example.com', '30.00'));
		assert.equal((await toShopify(delivery)).status, 200);
		const before = await shop.ledger();
		assert.equal((await toShopify(delivery)).status, 200);
		assert.deepEqual(await shop.ledger(), before);
		assert.equal((await shop.member('replayed@example.com')).spendablePoints, 30);
	});

	it('n8n is still well after all of it', async () => {
		const health = await fetch(`${shop.n8n.baseUrl}/healthz/readiness`);
		assert.equal(health.status, 200);
	});
});
