import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Draws } from '../engine/insight/draws';
import { Runtime, type RunResult, type WorkflowJson } from '../nodes/runtime';
import wooCommerceFlow from '../../workflows/20-churn-risk-and-win-back-woocommerce.json';
import shopifyFlow from '../../workflows/20b-churn-risk-and-win-back-shopify.json';
import monthlyFlow from '../../workflows/21-segments-and-value-monthly.json';

jest.setTimeout(120_000);

const DAY = 86_400_000;

interface Purchase {
	readonly id: number;
	readonly email: string;
	readonly at: number;
	readonly total: number;
}

/** A shop of 300 customers up to now, some of whom spend much but seldom, and many of whom have left. */
function purchases(): Purchase[] {
	const draws = new Draws(5);
	const made: Purchase[] = [];
	for (let customer = 0; customer < 300; customer++) {
		const whale = customer % 5 === 0;
		const leaving = whale ? 0.4 : draws.uniform() ** 1.5;
		const gap = 10 + draws.exponential(50);
		const spend = whale ? 500 : 30;
		let day = draws.uniform() * 600;
		do {
			made.push({
				id: made.length + 1,
				email: `c${customer}@example.com`,
				at: Date.now() - (729 - day) * DAY,
				total: Math.round(draws.logNormal(spend, 0.3) * 100) / 100,
			});
			day += draws.exponential(gap);
		} while (draws.uniform() > leaving && day < 729);
	}
	return made;
}

const shop = purchases();
const wooOrders = shop.map(({ id, email, at, total }) => ({
	id,
	status: 'completed',
	currency: 'EUR',
	date_created_gmt: new Date(at).toISOString().slice(0, 19),
	total: total.toFixed(2),
	customer_id: 0,
	billing: { first_name: 'Cleo', last_name: 'Example', email },
	line_items: [{ product_id: 1, name: 'Coffee', quantity: 1, total: total.toFixed(2) }],
	refunds: [],
}));
const shopifyOrders = shop.map(({ id, email, at, total }) => ({
	id,
	email,
	created_at: new Date(at).toISOString(),
	currency: 'EUR',
	financial_status: 'paid',
	total_price: total.toFixed(2),
	current_total_price: total.toFixed(2),
	customer: { id: 7, first_name: 'Cleo', last_name: 'Example' },
	line_items: [],
}));

/** The world outside: what would be written to the CRM and sent by e-mail is kept here. */
class Outside {
	readonly contacts = new Map<string, IDataObject>();
	readonly mails: IDataObject[] = [];
	readonly crmFields: IDataObject[] = [];
	private readonly seen = new Set<string>();

	readonly stubs = {
		'n8n-nodes-base.wooCommerce': answer(() => wooOrders),
		'n8n-nodes-base.httpRequest': answer((context, item) => {
			const url = context.getNodeParameter('url', item) as string;
			if (url.includes('/orders.json')) return [{ orders: shopifyOrders }];
			const field = JSON.parse(context.getNodeParameter('jsonBody', item) as string) as IDataObject;
			this.crmFields.push(field);
			return [field];
		}),
		'n8n-nodes-base.hubspot': answer((context, item) => {
			const email = context.getNodeParameter('email', item) as string;
			const { customPropertiesUi } = context.getNodeParameter('additionalFields', item) as {
				customPropertiesUi: { customPropertiesValues: Array<{ property: string; value: string }> };
			};
			const known = this.contacts.get(email) ?? {};
			for (const { property, value } of customPropertiesUi.customPropertiesValues) {
				known[property] = value;
			}
			this.contacts.set(email, known);
			return [{ vid: this.contacts.size }];
		}),
		'n8n-nodes-base.emailSend': answer((context, item) => {
			const format = context.getNodeParameter('emailFormat', item) as string;
			const mail = {
				node: context.getNode().name,
				to: context.getNodeParameter('toEmail', item) as string,
				from: context.getNodeParameter('fromEmail', item) as string,
				subject: context.getNodeParameter('subject', item) as string,
				body: context.getNodeParameter(format, item) as string,
			};
			this.mails.push(mail);
			return [mail];
		}),
		'n8n-nodes-base.removeDuplicates': answer((context, item) => {
			const value = context.getNodeParameter('dedupeValue', item) as string;
			if (this.seen.has(value)) return [];
			this.seen.add(value);
			return [context.getInputData()[item].json];
		}),
	};
}

function answer(of: (context: IExecuteFunctions, item: number) => IDataObject[]) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [
			this.getInputData().flatMap((_, item) =>
				of(this, item).map((json) => ({ json, pairedItem: { item } })),
			),
		];
	};
}

async function run(flow: unknown, outside: Outside): Promise<RunResult> {
	const { nodes, ...workflow } = flow as WorkflowJson;
	const onCanvas = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	const start = onCanvas.find(({ type }) => type === 'n8n-nodes-base.scheduleTrigger');
	const result = await new Runtime({ stubs: outside.stubs, timezone: 'Europe/Berlin' }).run(
		{ ...workflow, nodes: onCanvas },
		{ startNode: start?.name },
	);
	expect(result.error).toBeUndefined();
	return result;
}

describe.each([
	['WooCommerce', wooCommerceFlow],
	['Shopify', shopifyFlow],
])('the weekly win-back flow for %s', (_, flow) => {
	const outside = new Outside();
	let result: RunResult;

	beforeAll(async () => {
		result = await run(flow, outside);
	});

	it('writes risk, level and reasons of every customer to the CRM', () => {
		expect(outside.contacts.size).toBe(300);
		for (const contact of outside.contacts.values()) {
			expect(Number(contact.churn_risk)).toBeGreaterThanOrEqual(0);
			expect(['low', 'medium', 'high']).toContain(contact.churn_risk_level);
			expect(contact.churn_reasons).not.toBeUndefined();
		}
		expect(outside.crmFields.map(({ name }) => name)).toContain('churn_risk');
	});

	it('writes to customers of high value at high risk only, and not to the holdout', () => {
		const toCustomers = outside.mails.filter(({ to }) => to !== 'owner@example.com');
		expect(toCustomers.length).toBeGreaterThan(3);
		const held = [...outside.contacts].filter(([, contact]) => contact.winback_group === 'holdout');
		expect(held.length).toBeGreaterThan(0);
		for (const { to } of toCustomers) {
			const contact = outside.contacts.get(to as string);
			expect(contact).toMatchObject({ churn_risk_level: 'high', winback_group: 'treated' });
		}
		expect(result.json('High Value at High Risk')).toHaveLength(toCustomers.length + held.length);
	});

	it('offers a consultation to regular customers, a voucher to others, and no discount to anybody', () => {
		const nodes = new Set(outside.mails.map(({ node }) => node));
		expect(nodes).toContain('Offer a Personal Consultation');
		expect(nodes).toContain("Send a Partner's Voucher");
		const voucher = outside.mails.find(({ node }) => node === "Send a Partner's Voucher");
		expect(voucher).toMatchObject({ from: 'hello@example.com' });
		expect(voucher?.body).toMatch(/^Dear Cleo Example,\n\n[\s\S]+Our Shop$/);
		for (const { body } of outside.mails) expect(body).not.toMatch(/discount|% off/i);
	});

	it('writes to nobody twice in one silence', async () => {
		const before = outside.mails.filter(({ to }) => to !== 'owner@example.com').length;
		await run(flow, outside);
		const after = outside.mails.filter(({ to }) => to !== 'owner@example.com').length;
		expect(after).toBe(before);
	});
});

describe('the monthly flow', () => {
	const outside = new Outside();
	let result: RunResult;

	beforeAll(async () => {
		result = await run(monthlyFlow, outside);
	});

	it('writes segment and value of every customer to the CRM', () => {
		expect(outside.contacts.size).toBe(300);
		for (const contact of outside.contacts.values()) {
			expect(contact.customer_segment).not.toBeUndefined();
			expect(Number(contact.lifetime_value)).toBeGreaterThanOrEqual(0);
			expect(['yes', 'no']).toContain(contact.is_vip);
		}
	});

	it('sends the owner one page with the segments, the ladder and the cohorts', () => {
		expect(outside.mails).toHaveLength(1);
		const [mail] = outside.mails;
		expect(mail.to).toBe('owner@example.com');
		expect(mail.subject).toMatch(/^Our Shop: your customers in \w+ \d{4}$/);
		for (const text of ['300</b> customers', 'Champions', 'one-time', 'back within 90 days']) {
			expect(mail.body).toContain(text);
		}
		expect(mail.body).not.toMatch(/undefined|NaN|\[object/);
		expect(result.runs('Send the Page to the Owner')).toBe(1);
	});

	it('sends the page also for a young shop whose value cannot be estimated', async () => {
		const young = new Outside();
		young.stubs['n8n-nodes-base.wooCommerce'] = answer(() =>
			wooOrders.slice(0, 3).map((order, id) => ({
				...order,
				id,
				billing: { ...order.billing, email: `new${id}@example.com` },
			})),
		);
		await run(monthlyFlow, young);
		expect(young.mails[0].body).toContain('could not be estimated');
		expect(young.contacts.size).toBe(3);
	});
});
