import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';

import { deliver, wooDelivery, wooOrder } from '../../../scripts/store/index.mjs';
import { openTemplates, SIGNED_WITH } from '../support/templates.mjs';

let lastId = 7_000_000;
const nextId = () => (lastId += 1);

describe('template 03, WooCommerce orders', () => {
	let shop;
	let flow;
	let runs = 0;

	const customer = (firstName) => ({
		id: nextId(),
		email: `${firstName.toLowerCase()}@woo.example.com`,
		firstName,
		lastName: 'Holm',
	});
	const order = (buyer, total, more = {}) =>
		wooOrder({
			orderId: nextId(),
			customer: buyer,
			lines: [{ name: 'Espresso', total }],
			...more,
		});

	async function send(topic, body) {
		const answer = await deliver(flow.url, wooDelivery({ topic, body, secret: SIGNED_WITH }));
		runs += 1;
		await shop.client.untilRun(flow, runs);
		return answer;
	}
	const persons = (method) => shop.outside.calls({ service: 'pipedrive', method, path: /persons/ });
	const notes = () => shop.outside.calls({ service: 'pipedrive', method: 'POST', path: /notes/ });

	before(async () => {
		shop = await openTemplates();
		flow = shop.flow('03');
	});

	beforeEach(async () => {
		await shop.clear();
	});

	it('an order earns points; the person is made in Pipedrive and gets a note, the customer an e-mail', async () => {
		const anna = customer('Anna');
		const answer = await send('order.created', order(anna, '50.00'));
		assert.equal(answer.status, 200);
		assert.deepEqual(answer.json, { received: true, counted: true, reason: '' });
		assert.equal((await shop.member(anna.email)).spendable_points, 50);
		const [created, ...others] = persons('POST');
		assert.deepEqual(others, []);
		assert.equal(created.body.name, 'Anna Holm');
		assert.deepEqual(created.body.emails, [{ value: anna.email, primary: true, label: 'home' }]);
		const [note] = notes();
		assert.equal(note.body.person_id, 1);
		assert.match(
			note.body.content,
			/^\+50 points: .*<br>Now 50 points to spend; no tier yet, 150\.00 to go until Silver\.$/,
		);
		const [mail] = shop.mailbox.mails({ to: anna.email });
		assert.equal(mail.subject, 'You earned 50 points at Your Shop');
		assert.deepEqual(shop.outside.refused(), []);
	});

	it('the next order finds the person, and a repeat tells nobody', async () => {
		const ben = customer('Ben');
		await send('order.created', order(ben, '20.00'));
		const second = order(ben, '30.00');
		await send('order.created', second);
		assert.equal(persons('POST').length, 1);
		assert.equal(persons('PATCH').length, 1);
		assert.equal(notes().length, 2);
		assert.equal(notes()[1].body.person_id, notes()[0].body.person_id);
		shop.outside.reset();
		shop.mailbox.reset();
		const again = await send('order.updated', second);
		assert.equal(again.status, 200);
		assert.equal(again.json.counted, false);
		assert.equal((await shop.ledger(ben.email)).length, 2);
		assert.deepEqual(shop.outside.calls(), []);
		assert.deepEqual(shop.mailbox.mails(), []);
	});

	it('a refund, which comes inside the updated order, takes its share back', async () => {
		const cleo = customer('Cleo');
		const body = order(cleo, '60.00');
		await send('order.created', body);
		shop.mailbox.reset();
		await send('order.updated', {
			...body,
			refunds: [{ id: nextId(), reason: 'Too bitter', total: '-20.00' }],
		});
		assert.equal((await shop.member(cleo.email)).spendable_points, 40);
		const mails = shop.mailbox.mails({ to: cleo.email });
		assert.deepEqual(
			mails.map(({ subject }) => subject),
			['Your points at Your Shop after the refund'],
		);
		assert.match(notes().at(-1).body.content, /^-20 points: /);
	});

	it('Pipedrive and mail failing lose no point and create nobody twice', async () => {
		shop.outside.fail('pipedrive', { status: 503 });
		shop.mailbox.fail();
		const dora = customer('Dora');
		const body = order(dora, '45.00');
		const answer = await send('order.created', body);
		assert.equal(answer.status, 200);
		assert.equal((await shop.member(dora.email)).spendable_points, 45);
		const [run] = await shop.client.executions(flow, { limit: 1 });
		assert.equal(run.status, 'success');
		assert.deepEqual(persons('POST'), []);
		shop.outside.heal('pipedrive');
		shop.mailbox.heal();
		await send('order.updated', body);
		assert.equal((await shop.ledger(dora.email)).length, 1);
		await send('order.created', order(dora, '5.00'));
		assert.equal(persons('POST').length, 1);
		assert.match(notes().at(-1).body.content, /Now 50 points to spend/);
		assert.equal(shop.mailbox.mails({ to: dora.email }).length, 1);
	});
});
