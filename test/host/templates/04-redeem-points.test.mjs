import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';

import {
	deliver,
	inParallel,
	shopifyDelivery,
	shopifyOrder,
} from '../../../scripts/store/index.mjs';
import { openTemplates, SIGNED_WITH } from '../support/templates.mjs';

let lastId = 8_100_000_000_000;
const nextId = () => String((lastId += 1));

describe('template 04, redeeming points', () => {
	let shop;

	const redeem = async (body, options) => await shop.call('04', body, options);
	const points = async (email) => (await shop.member(email)).spendable_points;
	const codesMade = () =>
		shop.outside
			.calls({ service: 'shopify', path: /graphql/ })
			.map(({ body }) => body.variables.basicCodeDiscount);
	const refusing = (answer) =>
		shop.outside.answer('shopify', (call) =>
			call.path.endsWith('/graphql.json') ? answer : undefined,
		);

	/** What the owner was told about a request; mail goes out after the answer. */
	async function toldTheOwner(requestId) {
		for (let count = 1; ; count += 1) {
			const mails = await shop.mailbox.until(count, { to: 'owner@example.com' });
			const about = mails.find(({ text }) => text.includes(`Request: ${requestId}`));
			if (about !== undefined) return about.text;
		}
	}

	/** A new member who has spent so much, and so has as many points. */
	async function memberWith(amount) {
		const id = nextId();
		const email = `buyer${id}@redeem.example.com`;
		const answer = await deliver(
			shop.flow('02').url,
			shopifyDelivery({
				topic: 'orders/paid',
				secret: SIGNED_WITH,
				body: shopifyOrder({
					orderId: nextId(),
					customer: { id, email, firstName: 'Bo', lastName: 'Lind' },
					lines: [{ title: 'Beans', price: `${amount}.00` }],
				}),
			}),
		);
		assert.equal(answer.status, 200);
		return email;
	}

	before(async () => {
		shop = await openTemplates();
	});

	beforeEach(async () => {
		await shop.clear();
	});

	it('points become a code of one use in the shop, and the answer says what it is worth', async () => {
		const email = await memberWith(180);
		const { status, json } = await redeem({
			requestId: 'basket-1',
			email,
			points: 100,
			basket: '59.90',
		});
		assert.equal(status, 200);
		const { code, ...rest } = json;
		assert.deepEqual(rest, {
			redeemed: true,
			discount: '1.00',
			currency: 'EUR',
			pointsUsed: 100,
			points: 80,
			message: '100 points are now a discount of 1.00 EUR.',
		});
		assert.match(code, /^[2-9A-Z]{26}$/);
		const [made, ...others] = codesMade();
		assert.deepEqual(others, []);
		assert.equal(made.code, code);
		assert.equal(made.usageLimit, 1);
		assert.equal(made.customerGets.value.discountAmount.amount, '1.00');
		const [{ url, headers }] = shop.outside.calls({ service: 'shopify' });
		assert.equal(url, 'https://your-shop.myshopify.com/admin/api/2025-07/graphql.json');
		assert.equal(headers['x-shopify-access-token'], 'shpat_stand_in');
	});

	it('the same request again gets the same answer, also ten times at once, and takes nothing more', async () => {
		const email = await memberWith(190);
		const ask = { requestId: 'basket-2', email, points: 100 };
		const answers = await inParallel(Array.from({ length: 10 }), 10, async () => {
			let answer = await redeem(ask);
			// "Not now" means that the first one is still at it.
			while (answer.status === 409) answer = await redeem(ask);
			return answer;
		});
		answers.push(await redeem(ask));
		for (const { status, json } of answers) {
			assert.equal(status, 200);
			assert.deepEqual(json, answers[0].json);
		}
		assert.equal(await points(email), 90);
	});

	it('too few points, a basket too small, and a call that lacks something are told apart', async () => {
		const email = await memberWith(90);
		const few = await redeem({ requestId: 'few', email, points: 100 });
		assert.equal(few.status, 422);
		assert.equal(few.json.error, 'notEnoughPoints');
		assert.equal(few.json.points, 90);
		const rich = await memberWith(150);
		const small = await redeem({ requestId: 'small', email: rich, points: 100, basket: '1.50' });
		assert.deepEqual([small.status, small.json.error], [422, 'belowMinimum']);
		for (const body of [
			{ requestId: 'x', points: 100 },
			{ email: rich, points: 100 },
			{ requestId: 'x', email: rich },
			{ requestId: 'x', email: rich, points: 100, basket: 'lots' },
			{},
		]) {
			const { status, json } = await redeem(body);
			assert.equal(status, 400, JSON.stringify(body));
			assert.ok(json.message.length > 10);
		}
		const used = await redeem({ requestId: 'once', email: rich, points: 100 });
		assert.equal(used.status, 200);
		const reused = await redeem({ requestId: 'once', email: rich, points: 200 });
		assert.deepEqual([reused.status, reused.json.error], [409, 'requestIdReused']);
		assert.equal(await points(rich), 50);
		assert.equal(codesMade().length, 1);
	});

	it('a code that Shopify refuses gives the points back, and the same request may then be sent anew', async () => {
		const email = await memberWith(120);
		const ask = { requestId: 'refused-1', email, points: 100 };
		refusing({
			json: {
				data: {
					discountCodeBasicCreate: {
						codeDiscountNode: null,
						userErrors: [{ field: ['title'], code: 'TOO_LONG', message: 'Title is too long' }],
					},
				},
			},
		});
		const refused = await redeem(ask);
		assert.equal(refused.status, 502);
		assert.deepEqual(
			[refused.json.redeemed, refused.json.error, refused.json.points],
			[false, 'codeRefused', 120],
		);
		assert.equal(await points(email), 120);
		const [first] = codesMade();
		assert.match(await toldTheOwner('refused-1'), /Title is too long/);

		shop.outside.reset();
		const anew = await redeem(ask);
		assert.equal(anew.status, 200);
		assert.equal(anew.json.points, 20);
		assert.notEqual(anew.json.code, first.code);
		assert.equal(await points(email), 20);
	});

	it('a token without the right is a refusal too', async () => {
		const email = await memberWith(110);
		refusing({
			json: { errors: [{ message: 'Access denied', extensions: { code: 'ACCESS_DENIED' } }] },
		});
		assert.equal((await redeem({ requestId: 'denied', email, points: 100 })).status, 502);
		refusing({ status: 401, json: { errors: '[API] Invalid API key or access token' } });
		assert.equal((await redeem({ requestId: 'denied', email, points: 100 })).status, 502);
		assert.equal(await points(email), 110);
	});

	it('a shop that cannot be reached keeps the points reserved: the same request again gets its code, once', async () => {
		const email = await memberWith(130);
		const ask = { requestId: 'away-1', email, points: 100 };
		for (const fault of [{ status: 503 }, { hangUp: true }]) {
			shop.outside.fail('shopify', fault);
			const away = await redeem(ask);
			assert.deepEqual([away.status, away.json.error], [503, 'codeUnknown']);
			assert.equal(await points(email), 30);
		}
		const told = await toldTheOwner('away-1');
		shop.outside.heal('shopify');
		const there = await redeem(ask);
		assert.equal(there.status, 200);
		assert.ok(told.includes(there.json.code));
		assert.deepEqual((await redeem(ask)).json, there.json);
		assert.equal(await points(email), 30);
		assert.equal(new Set(codesMade().map(({ code }) => code)).size, 1);
	});

	it('is closed to whoever has not the secret', async () => {
		const email = await memberWith(140);
		const answer = await redeem(
			{ requestId: 'no', email, points: 100 },
			{ authorization: 'Bearer x' },
		);
		assert.equal(answer.status, 403);
		assert.equal(await points(email), 140);
	});
});
