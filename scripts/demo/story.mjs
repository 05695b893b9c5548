import { setTimeout as sleep } from 'node:timers/promises';

import {
	deliver,
	shopifyDelivery,
	shopifyOrder,
	shopifyRefund,
	wooDelivery,
	wooOrder,
} from '../store/index.mjs';
import { SIGNED_WITH } from './provision.mjs';

/** What the storefront shows to be let in: the header of the stand-in credential. */
const STOREFRONT = { authorization: 'Bearer stand-in' };

const DAY = 24 * 60 * 60 * 1000;
const daysAgo = (days) => new Date(Date.now() - days * DAY).toISOString();

/** Waits until a run that was not there before has ended, and with it everything behind the answer. */
async function newRun(client, flow, before, timeoutMs = 60_000) {
	const until = Date.now() + timeoutMs;
	for (;;) {
		const runs = await client.executions(flow, { limit: 20 });
		const fresh = runs.filter(({ id }) => Number(id) > before);
		const open = fresh.filter(({ status }) => ['new', 'running', 'waiting'].includes(status));
		if (fresh.length > 0 && open.length === 0) return fresh[0];
		if (Date.now() > until)
			throw new Error(`"${flow.name}" did not end within ${timeoutMs / 1000} s`);
		await sleep(100);
	}
}

const newest = async (client, flow) =>
	Math.max(0, ...(await client.executions(flow, { limit: 5 })).map(({ id }) => Number(id)));

/**
 * What the made-up shop does, and whether everything came out as it should. Every round has members and orders of its own,
 * so that a second start tells the same story again. Gives `{ members, told, checks }`.
 */
export async function tellStory({ n8n, outside, mailbox, flow, round }) {
	const { client } = n8n;
	const checks = [];
	const expect = (what, wanted, got) => {
		const same = JSON.stringify(wanted) === JSON.stringify(got);
		checks.push({
			what,
			good: same,
			detail: same ? '' : `expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`,
		});
	};
	const suffix = round === 1 ? '' : `-${round}`;
	const base = 6_000_000_000_000 + round * 1000;
	const ana = {
		id: String(base + 1),
		email: `ana${suffix}@example.com`,
		firstName: 'Ana',
		lastName: 'Silva',
	};
	const ben = {
		id: base + 2,
		email: `ben${suffix}@example.com`,
		firstName: 'Ben',
		lastName: 'Okoro',
	};

	/** Delivers and waits for all that follows; the run must not have failed. */
	const send = async (what, to, delivery) => {
		const before = await newest(client, to);
		const answer = await deliver(to.url, delivery);
		expect(`${what}: the shop is told "received"`, 200, answer.status);
		if (answer.status !== 200) return answer;
		const run = await newRun(client, to, before);
		expect(`${what}: the run ends well`, 'success', run.status);
		return answer;
	};
	const member = async ({ email }) => {
		const row = (await client.rows('loyalty_members')).find(({ member_id: id }) => id === email);
		return { spendable: row?.spendable_points, pending: row?.pending_points, tier: row?.tier };
	};
	const mailsTo = ({ email }) => mailbox.mails({ to: email }).length;

	/** WooCommerce reports a refund as the order once more, with the refund in it. */
	async function tellOfBen() {
		const woo = flow('03');
		const order = (more) =>
			wooOrder({
				orderId: Number(String(base).slice(-7)) + 301,
				customer: ben,
				at: daysAgo(3),
				lines: [
					{ name: 'Filter set', total: '45.00' },
					{ name: 'Mug', total: '15.00' },
				],
				...more,
			});
		const updated = (body) => wooDelivery({ topic: 'order.updated', body, secret: SIGNED_WITH });
		await send("Ben's order", woo, updated(order()));
		expect(
			'Ben has 60 points that wait',
			{ spendable: 0, pending: 60, tier: '' },
			await member(ben),
		);
		await send('the same order again', woo, updated(order()));
		expect('it counted once', { spendable: 0, pending: 60, tier: '' }, await member(ben));
		await send(
			'the mug comes back',
			woo,
			updated(order({ modifiedAt: daysAgo(1), refunds: [{ id: 401 + round, total: '15.00' }] })),
		);
		expect('15 points were taken back', { spendable: 0, pending: 45, tier: '' }, await member(ben));
		await send(
			"Ben's second order",
			woo,
			updated(
				wooOrder({
					orderId: Number(String(base).slice(-7)) + 302,
					customer: ben,
					lines: [{ name: 'Espresso machine', total: '180.00' }],
				}),
			),
		);
		expect(
			'225.00 spent makes Ben Silver',
			{ spendable: 0, pending: 225, tier: 'Silver' },
			await member(ben),
		);
	}

	/** Ana presses "use my points" twice, as impatient people do. */
	async function tellOfRedemption() {
		const redeem = flow('04');
		const press = (requestId) =>
			deliver(redeem.url, {
				text: JSON.stringify({ requestId, email: ana.email, points: 100, basket: '24.00' }),
				headers: { 'content-type': 'application/json', ...STOREFRONT },
			});
		const [once, twice] = [await press(`press-${round}-1`), await press(`press-${round}-1`)];
		expect(
			"Ana's 100 points become a discount of 1 EUR",
			['1.00', 100],
			[once.json?.discount, once.json?.pointsUsed],
		);
		expect(
			'pressing twice gives the same code',
			[200, once.json?.code],
			[twice.status, twice.json?.code],
		);
		expect(
			'Shopify has the code',
			once.json?.code,
			outside.calls({ service: 'shopify' }).at(0)?.body?.variables?.basicCodeDiscount?.code,
		);
		const refused = await press(`press-${round}-2`);
		expect(
			'the 40 that are left are too few for another',
			[422, 'notEnoughPoints'],
			[refused.status, refused.json?.error],
		);
		expect(
			'nothing was spent twice',
			{ spendable: 40, pending: 90, tier: 'Silver' },
			await member(ana),
		);
	}

	const form = flow('01');
	const page = await client.submitForm(form, form.trigger, { programName: 'Corner Roastery Club' });
	expect(
		'the form puts the programme in force',
		true,
		/is in force|Nothing changed/.test(page.text),
	);

	// Shopify. The first order is older than the return window, so its points can be spent.
	const shopify = flow('02');
	const first = shopifyOrder({
		orderId: String(base + 101),
		number: 1001,
		customer: ana,
		at: daysAgo(20),
		lines: [
			{ title: 'Espresso machine', price: '140.00' },
			{ title: 'Beans, 2 kg', price: '40.00' },
		],
	});
	const paid = (body) => shopifyDelivery({ topic: 'orders/paid', body, secret: SIGNED_WITH });
	await send("Ana's first order", shopify, paid(first));
	expect('Ana has 180 points', { spendable: 180, pending: 0, tier: '' }, await member(ana));
	await send('the same order again', shopify, paid(first));
	expect('it counted once', { spendable: 180, pending: 0, tier: '' }, await member(ana));
	expect('Ana got one mail, not two', 1, mailsTo(ana));
	await send(
		'the beans come back',
		shopify,
		shopifyDelivery({
			topic: 'refunds/create',
			body: shopifyRefund(first, { refundId: String(base + 201), lines: [{ index: 1 }] }),
			secret: SIGNED_WITH,
		}),
	);
	expect('40 points were taken back', { spendable: 140, pending: 0, tier: '' }, await member(ana));
	await send(
		"Ana's second order",
		shopify,
		paid(
			shopifyOrder({
				orderId: String(base + 102),
				number: 1002,
				customer: ana,
				lines: [{ title: 'Grinder', price: '90.00' }],
			}),
		),
	);
	expect(
		'230.00 spent makes Ana Silver, and the new points wait for the return window',
		{ spendable: 140, pending: 90, tier: 'Silver' },
		await member(ana),
	);
	expect(
		'the team heard of the tier in Slack, once',
		1,
		outside.calls({ service: 'slack' }).length,
	);
	expect('Ana got a mail for each change', 3, mailsTo(ana));
	expect(
		'HubSpot has what Ana has',
		true,
		outside
			.calls({ service: 'hubspot', method: 'POST', path: new RegExp(`email/${ana.email}$`) })
			.some(({ body }) =>
				body.properties.some(
					({ property, value }) => property === 'loyalty_tier' && value === 'Silver',
				),
			),
	);

	if (flow('03') !== undefined) await tellOfBen();

	if (flow('04') !== undefined) await tellOfRedemption();

	const status = flow('06');
	if (status !== undefined) {
		const shown = await deliver(`${status.url}?email=${ana.email}`, {
			method: 'GET',
			headers: STOREFRONT,
		});
		expect(
			'the storefront can show Ana where she stands',
			[40, 90, 'Silver'],
			[shown.json?.points, shown.json?.pending?.points, shown.json?.tier?.name],
		);
	}
	for (const start of ['01', '02', '03', '04', '06']) {
		expect(`a template begins with ${start}`, true, flow(start) !== undefined);
	}
	return {
		members: await membersOf(client, [ana, ben]),
		told: whatWentOut({ outside, mailbox }),
		checks,
	};
}

/** Each member with what the ledger says about every point. */
async function membersOf(client, people) {
	const [members, ledger] = [
		await client.rows('loyalty_members'),
		await client.rows('loyalty_ledger'),
	];
	return people.map(({ email, firstName }) => ({
		name: firstName,
		email,
		...members.find(({ member_id: id }) => id === email),
		rows: ledger.filter(({ member_id: id }) => id === email),
	}));
}

/** What a call told the service: the words of a message, or the fields it set. */
function saidIn({ method, path, body }) {
	const discount = body?.variables?.basicCodeDiscount;
	const words =
		body?.text ??
		body?.message ??
		body?.content ??
		(discount && `${discount.title}: code ${discount.code}`);
	const fields =
		body?.properties ??
		Object.entries(body ?? {}).map(([property, value]) => ({ property, value }));
	const said =
		words ??
		[fields]
			.flat()
			.map(
				({ property, value }) =>
					`${property} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
			)
			.join(', ');
	const line = String(said === '' ? `${method} ${path}` : said).replace(/\s+/g, ' ');
	return line.length > 110 ? `${line.slice(0, 109)}…` : line;
}

function whatWentOut({ outside, mailbox }) {
	return [
		...outside
			.calls()
			.filter(({ method }) => method !== 'GET')
			.map((call) => [call.service, saidIn(call), String(call.status)]),
		...mailbox.mails().map(({ to, subject }) => ['e-mail', `${to.join(', ')}: ${subject}`, 'sent']),
	];
}
