import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';

import { openTemplates } from '../support/templates.mjs';

describe('template 05, reviews and mentions', () => {
	let shop;
	let flow;
	let runs = 0;

	/** Sends a review or a mention, and waits until everything behind the answer is done too. */
	async function send(body, options) {
		const answer = await shop.call('05', body, options);
		if (answer.status !== 403) {
			runs += 1;
			await shop.client.untilRun(flow, runs);
		}
		return answer;
	}
	const points = async (email) => (await shop.member(email))?.spendable_points;
	const said = () => shop.outside.calls({ service: 'telegram' }).map(({ body }) => body.text);
	const tickets = () => shop.outside.calls({ service: 'zendesk', status: 201 });

	before(async () => {
		shop = await openTemplates();
		flow = shop.flow('05');
	});

	beforeEach(async () => {
		await shop.clear();
	});

	it('a good review earns its points and is thanked in public, by first name, with the line about recommending', async () => {
		const email = 'anna@review.example.com';
		const { status, json } = await send({
			id: 7,
			rating: 5,
			text: 'Best <b>tea</b> in town https://spam.example.com/x',
			email,
			name: 'Anna Berg',
			product: 'the blue teapot',
		});
		assert.equal(status, 200);
		assert.deepEqual(json, { received: true, counted: true, points: 50 });
		assert.equal(await points(email), 50);
		const [text, ...others] = said();
		assert.deepEqual(others, []);
		assert.match(text, /^Thank you, Anna, for the kind words about the blue teapot!/);
		assert.match(text, /Best &lt;b&gt;tea&lt;\/b&gt; in town/);
		assert.match(text, /Do you know somebody who would like it here\?/);
		assert.doesNotMatch(text, /Berg|spam\.example/);
		assert.equal(shop.outside.calls({ service: 'telegram' })[0].body.chat_id, '@your_channel');
		assert.deepEqual(tickets(), []);
		assert.deepEqual(shop.mailbox.mails(), []);
	});

	it('a bad one earns the same, and gets a ticket for a person, goodwill points and an apology', async () => {
		const email = 'ben@review.example.com';
		await send({ id: 8, rating: 1, text: 'It leaks.', email, name: 'Ben', product: 'the pot' });
		assert.equal(await points(email), 150);
		const [ticket, ...others] = tickets();
		assert.deepEqual(others, []);
		assert.equal(ticket.body.ticket.subject, 'Unhappy review: the pot');
		assert.equal(ticket.body.ticket.external_id, 'review-8');
		assert.match(ticket.body.ticket.comment.body, /It leaks\./);
		const [mail] = shop.mailbox.mails({ to: email });
		assert.equal(mail.subject, 'We are sorry, Ben');
		assert.match(mail.text, /accept 100 points from us; you have 150 to spend/);
		assert.deepEqual(said(), []);
	});

	it('the same review again, also by another body, counts nothing and nothing follows from it', async () => {
		const email = 'ben@review.example.com';
		const { status, json } = await send({
			id: '8',
			rating: 2,
			text: 'Still leaks.',
			email,
			name: 'Ben',
		});
		assert.equal(status, 200);
		assert.equal(json.received, true);
		assert.equal(json.counted, false);
		assert.equal(await points(email), 150);
		assert.deepEqual(shop.outside.calls(), []);
		assert.deepEqual(shop.mailbox.mails(), []);
	});

	it('a lukewarm one earns its points and is left alone; the form of Judge.me is understood', async () => {
		const email = 'cleo@review.example.com';
		const { json } = await send({
			review: {
				id: 991,
				rating: 3,
				body: 'It is a pot.',
				product_title: 'The pot',
				reviewer: { name: 'Cleo', email },
			},
		});
		assert.equal(json.points, 50);
		assert.equal(await points(email), 50);
		assert.deepEqual(shop.outside.calls(), []);
	});

	it('a mention without an address earns nobody points but is thanked, once', async () => {
		const mention = {
			id: 'm1',
			network: 'instagram',
			author: 'tea_lover',
			text: 'Love it',
			sentiment: 'positive',
		};
		const { status, json } = await send(mention);
		assert.equal(status, 200);
		assert.deepEqual([json.received, json.counted, json.points], [true, false, 0]);
		assert.equal(said().length, 1);
		assert.equal((await send(mention)).status, 200);
		assert.equal(said().length, 1);
		await send({ id: 'm2', network: 'x', author: 'grump', text: 'Meh', sentiment: 'negative' });
		assert.equal(tickets().length, 1);
		assert.deepEqual(shop.mailbox.mails(), []);
	});

	it('without an id nothing is taken, and an address that is none is named', async () => {
		const missing = await send({ rating: 5, email: 'dora@review.example.com' });
		assert.equal(missing.status, 400);
		assert.equal(missing.json.received, false);
		assert.equal(await points('dora@review.example.com'), undefined);
		const wrong = await send({ id: 77, rating: 5, email: 'a@b@c' });
		assert.equal(wrong.status, 422);
		assert.ok(wrong.json.reason.length > 10);
		assert.deepEqual(shop.outside.calls(), []);
	});

	it('chat, tickets and mail failing lose no points and do not stop each other', async () => {
		for (const service of ['telegram', 'zendesk']) shop.outside.fail(service, { status: 503 });
		const email = 'finn@review.example.com';
		const { status } = await send({ id: 9, rating: 1, text: 'Broken', email, name: 'Finn' });
		assert.equal(status, 200);
		assert.equal(await points(email), 150);
		assert.equal(shop.mailbox.mails({ to: email }).length, 1);
		await send({ id: 10, rating: 5, text: 'Mended', email, name: 'Finn' });
		assert.equal(await points(email), 200);
		const ended = await shop.client.executions(flow, { limit: 2 });
		assert.deepEqual(
			ended.map((run) => run.status),
			['success', 'success'],
		);
	});

	it('is closed to whoever has not the secret', async () => {
		const email = 'ida@review.example.com';
		assert.equal((await send({ id: 11, rating: 5, email }, { authorization: null })).status, 403);
		assert.equal(await points(email), undefined);
	});
});
