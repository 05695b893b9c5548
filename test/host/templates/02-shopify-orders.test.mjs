import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';

import {
	deliver,
	shopifyDelivery,
	shopifyOrder,
	shopifyRefund,
} from '../../../scripts/store/index.mjs';
import { openTemplates, SIGNED_WITH } from '../support/templates.mjs';

let lastId = 5_100_000_000_000;
const nextId = () => String((lastId += 1));

describe('template 02, Shopify orders', () => {
	let shop;
	let flow;
	let runs = 0;

	const customer = (firstName) => ({
		id: nextId(),
		email: `${firstName.toLowerCase()}@shopify.example.com`,
		firstName,
		lastName: 'Berg',
	});
	const order = (buyer, price, more = {}) =>
		shopifyOrder({
			orderId: nextId(),
			number: Number(nextId()) % 100_000,
			customer: buyer,
			lines: [{ title: 'Espresso', price }],
			...more,
		});

	/** Delivers, and waits until everything behind the answer is done too. */
	async function send(topic, body) {
		const answer = await deliver(flow.url, shopifyDelivery({ topic, body, secret: SIGNED_WITH }));
		runs += 1;
		await shop.client.untilRun(flow, runs);
		return answer;
	}
	const contact = (email) =>
		shop.outside
			.calls({ service: 'hubspot', method: 'POST', path: new RegExp(`email/${email}$`) })
			.filter(({ status }) => status === 200)
			.map(({ body }) =>
				Object.fromEntries(body.properties.map(({ property, value }) => [property, value])),
			);

	before(async () => {
		shop = await openTemplates();
		flow = shop.flow('02');
	});

	beforeEach(async () => {
		await shop.clear();
	});

	it('an order earns points, and HubSpot and the customer hear of it', async () => {
		const anna = customer('Anna');
		const answer = await send('orders/paid', order(anna, '50.00'));
		assert.equal(answer.status, 200);
		assert.deepEqual(answer.json, { received: true, counted: true, reason: '' });
		assert.equal((await shop.member(anna.email)).spendable_points, 50);
		assert.deepEqual(contact(anna.email), [
			{
				firstname: 'Anna',
				lastname: 'Berg',
				loyalty_points: 50,
				loyalty_points_pending: 0,
				loyalty_tier: '',
				loyalty_missing_to_next_tier: '150.00',
			},
		]);
		const [mail, ...others] = shop.mailbox.mails({ to: anna.email });
		assert.deepEqual(others, []);
		assert.equal(mail.subject, 'You earned 50 points at Your Shop');
		assert.equal(mail.from, 'loyalty@example.com');
		assert.match(mail.text, /^Hello Anna,/);
		assert.match(mail.text, /You can spend 50 points/);
		assert.match(mail.text, /150\.00 to go until Silver\./);
		assert.deepEqual(shop.outside.calls({ service: 'slack' }), []);
		assert.deepEqual(shop.outside.refused(), []);
	});

	it('the same order again is received, counts nothing and tells nobody', async () => {
		const ben = customer('Ben');
		const body = order(ben, '30.00');
		await send('orders/paid', body);
		shop.outside.reset();
		shop.mailbox.reset();
		for (const topic of ['orders/paid', 'orders/updated']) {
			const answer = await send(topic, body);
			assert.equal(answer.status, 200);
			assert.equal(answer.json.received, true);
			assert.equal(answer.json.counted, false);
			assert.notEqual(answer.json.reason, '');
		}
		assert.equal((await shop.ledger(ben.email)).length, 1);
		assert.deepEqual(shop.outside.calls(), []);
		assert.deepEqual(shop.mailbox.mails(), []);
	});

	it('a refund takes its share back, and the customer is told so in other words', async () => {
		const cleo = customer('Cleo');
		const bought = order(cleo, '60.00', {
			lines: [
				{ title: 'Espresso', price: '40.00' },
				{ title: 'Filter', price: '20.00' },
			],
		});
		await send('orders/paid', bought);
		shop.mailbox.reset();
		await send(
			'refunds/create',
			shopifyRefund(bought, { refundId: nextId(), lines: [{ index: 1 }] }),
		);
		assert.equal((await shop.member(cleo.email)).spendable_points, 40);
		assert.equal(contact(cleo.email).at(-1).loyalty_points, 40);
		const [mail, ...others] = shop.mailbox.mails({ to: cleo.email });
		assert.deepEqual(others, []);
		assert.equal(mail.subject, 'Your points at Your Shop after the refund');
		assert.match(mail.text, /the 20 points it had earned for that part were taken back/);
	});

	it('a tier that changes is welcomed in the e-mail and noted in Slack', async () => {
		const dora = customer('Dora');
		await send('orders/paid', order(dora, '210.00'));
		const [note, ...others] = shop.outside.calls({ service: 'slack' });
		assert.deepEqual(others, []);
		assert.equal(note.body.channel, '#loyalty');
		assert.match(note.body.text, /^Dora is now Silver, after order /);
		assert.match(
			shop.mailbox.mails({ to: dora.email })[0].text,
			/You have reached Silver\. Welcome!/,
		);
		assert.equal(contact(dora.email)[0].loyalty_tier, 'Silver');
	});

	it('nobody is written to who refused marketing; the points are theirs all the same', async () => {
		const emil = customer('Emil');
		const body = order(emil, '25.00');
		body.customer.email_marketing_consent.state = 'unsubscribed';
		await send('orders/paid', body);
		assert.equal((await shop.member(emil.email)).spendable_points, 25);
		assert.equal(contact(emil.email).length, 1);
		assert.deepEqual(shop.mailbox.mails(), []);
	});

	it('a HubSpot that lacks the fields gets them once and then the contact', async () => {
		const fields = new Set();
		shop.outside.answer('hubspot', (call) => {
			if (call.path.endsWith('/batch/create')) {
				for (const { name } of call.body.inputs) fields.add(name);
				return { status: 201, json: { status: 'COMPLETE', results: call.body.inputs } };
			}
			const missing = (call.body?.properties ?? []).filter(
				({ property }) => property.startsWith('loyalty_') && !fields.has(property),
			);
			if (missing.length === 0) return undefined;
			return {
				status: 400,
				json: { status: 'error', message: `Property "${missing[0].property}" does not exist` },
			};
		});
		const finn = customer('Finn');
		await send('orders/paid', order(finn, '10.00'));
		assert.equal(contact(finn.email).length, 1);
		assert.equal(contact(finn.email)[0].loyalty_points, 10);
		const creations = () => shop.outside.calls({ service: 'hubspot', path: /batch\/create$/ });
		assert.equal(creations().length, 1);
		await send('orders/paid', order(finn, '10.00'));
		assert.equal(contact(finn.email).at(-1).loyalty_points, 20);
		assert.equal(creations().length, 1);
	});

	it('CRM, mail and chat all failing lose no point, double none and stop nobody', async () => {
		for (const service of ['hubspot', 'slack']) shop.outside.fail(service, { status: 503 });
		shop.mailbox.fail();
		const gina = customer('Gina');
		const body = order(gina, '250.00');
		const answer = await send('orders/paid', body);
		assert.equal(answer.status, 200);
		assert.equal((await shop.member(gina.email)).spendable_points, 250);
		assert.ok(
			shop.outside.calls({ service: 'slack' }).length > 0,
			'Slack was tried after HubSpot failed',
		);
		const [run] = await shop.client.executions(flow, { limit: 1 });
		assert.equal(run.status, 'success');

		for (const service of ['hubspot', 'slack']) shop.outside.heal(service);
		shop.mailbox.heal();
		await send('orders/paid', body);
		assert.equal((await shop.member(gina.email)).spendable_points, 250);
		assert.equal((await shop.ledger(gina.email)).length, 1);
		await send('orders/paid', order(gina, '10.00'));
		assert.equal(contact(gina.email).at(-1).loyalty_points, 250 + 12);
	});

	it('one of them failing does not keep the others from hearing', async () => {
		const hugo = customer('Hugo');
		shop.outside.fail('hubspot', { hangUp: true });
		await send('orders/paid', order(hugo, '220.00'));
		assert.equal(shop.mailbox.mails({ to: hugo.email }).length, 1);
		assert.equal(shop.outside.calls({ service: 'slack', status: 200 }).length, 1);
	});

	it('a delivery with a wrong signature is refused and starts nothing', async () => {
		const delivery = shopifyDelivery({
			topic: 'orders/paid',
			body: order(customer('Ida'), '9.00'),
			secret: 'something else',
		});
		assert.equal((await deliver(flow.url, delivery)).status, 401);
		assert.equal((await shop.client.executions(flow, { limit: 100 })).length, runs);
	});
});
