import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { shopifyOrder, wooOrder } from '../engine/event/bodies';
import {
	Runtime,
	runWebhook,
	Tables,
	type RuntimeOptions,
	type WorkflowJson,
} from '../nodes/runtime';
import type { Stub } from '../nodes/runtime/nodeTypes';
import { sign } from '../nodes/StoreEventTrigger/signing';
import { workflowFile } from '../support/workflow-files.cjs';

const SIGNED_WITH = 'hush';
const AUTHORIZATION = 'Bearer open sesame';
const ADA = 'ada@example.com';
const LEDGER = 'loyalty_ledger';
const MEMBERS = 'loyalty_members';
const now = new Date().toISOString();

/** A template without the pauses between tries, which would only make the tests wait. */
function flow(start: string): WorkflowJson {
	const workflow = workflowFile(start) as unknown as WorkflowJson;
	return { ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, retryOnFail: false })) };
}

interface Call {
	readonly node: string;
	readonly parameters: IDataObject;
}

/** People and systems outside: notes what each is asked, and fails where it is told to. */
class Outside {
	readonly calls: Call[] = [];
	readonly failing = new Set<string>();
	/** What a node gives out instead of an empty item, by its name. */
	readonly answers = new Map<string, (item: number) => IDataObject | null>();

	of(node: string): IDataObject[] {
		return this.calls.filter((call) => call.node === node).map(({ parameters }) => parameters);
	}

	/** Stands in for the nodes of these names; the parameters it notes are those that an expression gave. */
	stubs(fields: Readonly<Record<string, readonly string[]>>): Record<string, Stub> {
		const { calls, failing, answers } = this;
		return Object.fromEntries(
			Object.entries(fields).map(([name, wanted]) => [
				`n8n-nodes-base.${name}`,
				async function (this) {
					const node = this.getNode();
					const items = this.getInputData().map((_, item): INodeExecutionData | null => {
						const parameters = Object.fromEntries(
							wanted.map((field) => [field, this.getNodeParameter(field, item, null)]),
						) as IDataObject;
						calls.push({ node: node.name, parameters });
						const answer = answers.get(node.name);
						const json = answer === undefined ? {} : answer(item);
						return json === null ? null : { json, pairedItem: { item } };
					});
					if (failing.has(name)) {
						if (this.continueOnFail())
							return [[{ json: { error: `${name} is down` }, pairedItem: { item: 0 } }]];
						throw new Error(`${name} is down`);
					}
					return [items.filter((item) => item !== null)];
				},
			]),
		);
	}
}

const FIELDS = {
	hubspot: ['email', 'additionalFields'],
	httpRequest: ['url', 'jsonBody'],
	emailSend: ['toEmail', 'subject', 'text'],
	slack: ['text'],
	pipedrive: ['operation'],
	telegram: ['text'],
	zendesk: ['description', 'additionalFields'],
	removeDuplicates: ['dedupeValue'],
};

function open(options: RuntimeOptions = {}) {
	const outside = new Outside();
	const runtime = new Runtime({
		credentials: {
			storeWebhookApi: { signingSecrets: SIGNED_WITH, platform: 'shopify' },
			httpHeaderAuth: { name: 'Authorization', value: AUTHORIZATION },
		},
		stubs: outside.stubs(FIELDS),
		...options,
	});
	return {
		outside,
		runtime,
		/** The form as its owner fills it in. */
		setUp: async (answers: IDataObject = {}) => {
			const form = {
				programName: 'Tea Club',
				currency: 'EUR',
				timeZone: 'Europe/Berlin',
				basePoints: 1,
				basePer: 1,
				pendingDays: 0,
				expiryMonths: 12,
				redemptionWorth: 1,
				maxShareOfBasket: 50,
				tier1Name: 'Silver',
				tier1Threshold: 200,
				tier1Multiplier: 1.25,
				tier2Name: '',
				tier3Name: '',
				...answers,
			};
			return await runtime.run(flow('01'), { startNode: 'Programme form', items: [form] });
		},
		shopify: async (order: IDataObject, topic = 'orders/paid') => {
			const body = JSON.stringify(order);
			return await runWebhook(runtime, flow('02'), 'Shopify events', {
				body,
				headers: {
					'X-Shopify-Topic': topic,
					'X-Shopify-Shop-Domain': 'blue-mug.myshopify.com',
					'X-Shopify-Hmac-Sha256': sign(body, SIGNED_WITH),
				},
			});
		},
		woo: async (order: IDataObject) => {
			const body = JSON.stringify(order);
			return await runWebhook(runtime, flow('03'), 'WooCommerce events', {
				body,
				headers: {
					'X-WC-Webhook-Topic': 'order.updated',
					'X-WC-Webhook-Source': 'https://blue-mug.example/shop/',
					'X-WC-Webhook-Signature': sign(body, SIGNED_WITH),
				},
			});
		},
		call: async (start: string, trigger: string, body: IDataObject) =>
			await runWebhook(runtime, flow(start), trigger, {
				body,
				headers: { authorization: AUTHORIZATION },
			}),
	};
}

const order = (changes: IDataObject = {}) =>
	shopifyOrder({
		created_at: now,
		processed_at: now,
		updated_at: now,
		taxes_included: false,
		total_tax: '0.00',
		...changes,
	}) as IDataObject;

describe('template 01', () => {
	it('publishes what the form says, and leads to the page that fits', async () => {
		const shop = open();
		const good = await shop.setUp();
		expect(good.json('Put the rules in force', 0)).toMatchObject([
			{ published: true, version: 1, name: 'Tea Club', timeZone: 'Europe/Berlin', tiers: 'Silver' },
		]);
		const bad = await shop.setUp({ redemptionWorth: 0.001 });
		expect(bad.json('Put the rules in force', 1)).toMatchObject([
			{ published: false, faults: [{ field: 'Redemption › Worth' }] },
		]);
		expect(bad.runs('Say what is in force')).toBe(0);
		expect(bad.runs('Say what was wrong')).toBe(1);
	});
});

describe.each([
	['template 02', 'shopify', order()],
	['template 03', 'woo', wooOrder({ date_paid_gmt: now, date_created_gmt: now }) as IDataObject],
] as const)('%s', (_name, platform, body) => {
	it('does not tell the shop "received" before a programme is there; the delivery sent again counts', async () => {
		const shop = open();
		expect(await shop[platform](body)).toMatchObject({ status: 500 });
		await shop.setUp();
		expect(await shop[platform](body)).toMatchObject({
			status: 200,
			body: { received: true, counted: true },
		});
		expect(shop.runtime.tables.rows(LEDGER)).toHaveLength(1);
	});

	it('does not tell the shop "received" when the ledger cannot be written; the delivery sent again counts once', async () => {
		let isBroken = false;
		const tables = new Tables({
			before: ({ name, table }) => {
				if (isBroken && table === LEDGER && /insert/i.test(name))
					throw new Error('The disk is full');
			},
		});
		const shop = open({ tables });
		await shop.setUp();
		isBroken = true;
		expect(await shop[platform](body)).toMatchObject({ status: 500 });
		expect(shop.outside.calls).toEqual([]);
		isBroken = false;
		expect(await shop[platform](body)).toMatchObject({ status: 200, body: { counted: true } });
		expect(await shop[platform](body)).toMatchObject({ status: 200, body: { counted: false } });
		expect(shop.runtime.tables.rows(LEDGER)).toHaveLength(1);
	});
});

describe('template 02, whatever fails outside', () => {
	const services = ['hubspot', 'httpRequest', 'emailSend', 'slack'];
	const subsets = Array.from({ length: 2 ** services.length }, (_, bits) =>
		services.filter((_service, index) => (bits >> index) & 1),
	);

	it.each(subsets.map((failing) => [failing.join(', ') || 'nothing', failing]))(
		'%s fails: the points are counted once, and everybody else hears once',
		async (_names, failing) => {
			const shop = open();
			await shop.setUp({ tier1Threshold: 20 });
			for (const service of failing) shop.outside.failing.add(service);
			const { run, status } = await shop.shopify(order());
			expect([status, run?.status]).toEqual([200, 'success']);
			await shop.shopify(order(), 'orders/updated');
			expect(shop.runtime.tables.rows(LEDGER)).toHaveLength(1);
			expect(shop.runtime.tables.rows(MEMBERS)).toMatchObject([
				{ member_id: ADA, spendable_points: 20, tier: 'Silver' },
			]);
			const { outside } = shop;
			expect(outside.of('Update the HubSpot contact')).toHaveLength(1);
			expect(outside.of('Update the HubSpot contact again')).toHaveLength(
				failing.includes('hubspot') ? 1 : 0,
			);
			expect(outside.of('Write: points earned')).toMatchObject([{ toEmail: ADA }]);
			expect(outside.of('Post a note in Slack')).toHaveLength(1);
		},
	);
});

describe('template 03', () => {
	const woo = () =>
		wooOrder({ date_paid_gmt: now, date_created_gmt: now, date_modified_gmt: now }) as IDataObject;

	it('creates a person whom Pipedrive does not know, updates one whom it knows, and does neither when it is silent', async () => {
		const done = async (found: IDataObject | null, isDown = false) => {
			const shop = open();
			await shop.setUp();
			shop.outside.answers.set('Look for the person in Pipedrive', () => found);
			shop.outside.answers.set('Create the person', () => ({ id: 5 }));
			if (isDown) shop.outside.failing.add('pipedrive');
			expect(await shop.woo(woo())).toMatchObject({ status: 200 });
			return shop.outside.calls
				.map(({ node }) => node)
				.filter((node) => /person|name|Note/.test(node));
		};
		const look = 'Look for the person in Pipedrive';
		expect(await done(null)).toEqual([look, 'Create the person', 'Note points and tier']);
		expect(await done({ id: 5, name: 'Ada' })).toEqual([
			look,
			'Bring the name up to date',
			'Note points and tier',
		]);
		expect(await done(null, true)).toEqual([look]);
	});
});

describe('template 04', () => {
	/** What a shop may do with the request for a code. */
	const moods = ['works', 'refuses', 'isDown', 'losesItsAnswer'] as const;

	it('never leaves a code without its points or takes points for good without a code, whatever the shop does', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.constantFrom(...moods), { maxLength: 5 }), async (story) => {
				const shop = open();
				await shop.setUp();
				await shop.runtime.run(
					{
						nodes: [
							{
								name: 'Begin',
								type: 'n8n-nodes-base.executeWorkflowTrigger',
								typeVersion: 1.1,
								parameters: { inputSource: 'passthrough' },
							},
							{
								name: 'Award',
								type: 'n8n-nodes-loyalty.loyalty',
								parameters: {
									resource: 'point',
									operation: 'award',
									member: ADA,
									points: 300,
									reason: 'A gift',
									requestId: 'gift',
								},
							},
						],
						connections: { Begin: { main: [[{ node: 'Award', type: 'main', index: 0 }]] } },
					},
					{ startNode: 'Begin' },
				);
				const codes = new Set<string>();
				let mood: (typeof moods)[number] = 'works';
				shop.outside.answers.set('Make the code in Shopify', () => {
					const [{ code }] = [
						JSON.parse(String(shop.outside.of('Make the code in Shopify').at(-1)?.jsonBody))
							.variables.basicCodeDiscount as { code: string },
					];
					if (mood === 'isDown') return { error: 'socket hang up' };
					if (mood === 'refuses')
						return { statusCode: 200, body: { errors: [{ message: 'Access denied' }] } };
					const isTaken = codes.has(code);
					codes.add(code);
					if (mood === 'losesItsAnswer') return { statusCode: 504, body: 'Gateway timeout' };
					const userErrors = [{ code: 'TAKEN', message: 'Code must be unique' }];
					return {
						statusCode: 200,
						body: {
							data: {
								discountCodeBasicCreate: isTaken
									? { codeDiscountNode: null, userErrors }
									: {
											codeDiscountNode: { id: 'gid://shopify/DiscountCodeNode/1' },
											userErrors: [],
										},
							},
						},
					};
				});
				const ask = async () =>
					await shop.call('04', 'The shop asks', { requestId: 'r1', email: ADA, points: 100 });
				const spent = () =>
					300 - Number(shop.runtime.tables.rows(MEMBERS).at(0)?.spendable_points ?? 0);
				for (mood of story) {
					const { status, body } = await ask();
					expect(codes.size * 100).toBeLessThanOrEqual(spent());
					expect([200, 502, 503]).toContain(status);
					if (status === 200) expect(codes).toContain((body as IDataObject).code);
					if (status === 502) expect(spent()).toBe(0);
				}
				mood = 'works';
				const last = await ask();
				expect(last).toMatchObject({ status: 200, body: { redeemed: true, points: 200 } });
				expect([...codes]).toEqual([(last.body as IDataObject).code]);
				expect(spent()).toBe(100);
			}),
			{ numRuns: 15, examples: [[['losesItsAnswer', 'refuses']], [['refuses', 'works']]] },
		);
	});
});

describe('template 05', () => {
	const review = { id: 8, rating: 1, text: 'It leaks.', email: ADA, name: 'Ada', product: 'pot' };
	const send = async (shop: ReturnType<typeof open>, body: IDataObject) =>
		await shop.call('05', 'A review or mention arrives', body);

	it('gives points and goodwill once for a bad review, and gets it to a person', async () => {
		const shop = open();
		await shop.setUp();
		for (const counted of [true, false])
			expect(await send(shop, review)).toMatchObject({ status: 200, body: { counted } });
		expect(shop.runtime.tables.rows(MEMBERS)).toMatchObject([{ spendable_points: 150 }]);
		expect(shop.outside.of('Open a ticket for a person')).toHaveLength(1);
		expect(shop.outside.of('Apologise by e-mail')).toMatchObject([{ toEmail: ADA }]);
		expect(shop.outside.of('Thank publicly in Telegram')).toEqual([]);
	});

	it.each([
		[5, 1],
		[4, 1],
		[3, 0],
		[2, 0],
	])('thanks in public for %i stars: %i times', async (rating, times) => {
		const shop = open();
		await shop.setUp();
		await send(shop, { ...review, rating });
		expect(shop.outside.of('Thank publicly in Telegram')).toHaveLength(times);
		expect(shop.outside.of('Open a ticket for a person')).toHaveLength(rating < 3 ? 1 : 0);
	});

	it('does not follow up what was seen before, where there is no address to count by', async () => {
		const shop = open();
		await shop.setUp();
		shop.outside.answers.set('Drop what was seen before', () => null);
		await send(shop, { id: 1, network: 'x', text: 'Meh', sentiment: 'negative' });
		expect(shop.outside.of('Drop what was seen before')).toEqual([{ dedupeValue: 'mention-x-1' }]);
		expect(shop.outside.of('Open a ticket for a person')).toEqual([]);
	});
});

describe('template 06', () => {
	const status = async (shop: ReturnType<typeof open>, email: string, authorization: string) =>
		await runWebhook(shop.runtime, flow('06'), 'The shop asks', {
			method: 'GET',
			query: { email },
			headers: { authorization },
		});

	it('answers members, strangers and nonsense in one shape each, and nobody without the secret', async () => {
		const shop = open();
		await shop.setUp();
		await shop.shopify(order());
		const known = await status(shop, ADA, AUTHORIZATION);
		expect(known).toMatchObject({
			status: 200,
			body: { member: true, points: 20, currency: 'EUR' },
		});
		const unknown = await status(shop, 'eve@example.com', AUTHORIZATION);
		expect(unknown).toMatchObject({ status: 200, body: { member: false, points: 0 } });
		expect(Object.keys(unknown.body as object)).toEqual(Object.keys(known.body as object));
		expect(await status(shop, 'a@b@c', AUTHORIZATION)).toMatchObject({
			status: 400,
			body: { error: 'emailInvalid' },
		});
		expect(await status(shop, ADA, 'Bearer wrong')).toMatchObject({ status: 403 });
		expect(shop.runtime.tables.rows(MEMBERS)).toHaveLength(1);
	});
});
