import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, beforeEach, describe, it } from 'node:test';

import { sharedWorld } from './support/n8n.mjs';
import {
	paged,
	shopifyAdminOrder,
	simulatedOrders,
	wooCommerceOrder,
} from './support/simulated-orders.mjs';

const CUSTOMERS = 120;
const orders = simulatedOrders(CUSTOMERS);
const UPSERT = /^\/contacts\/v1\/contact\/createOrUpdate\/email\//;
const template = (file) =>
	JSON.parse(readFileSync(new URL(`../../workflows/${file}`, import.meta.url), 'utf8'));

describe('the Customer Insights templates in the real n8n', () => {
	let client;
	let outside;
	let mailbox;
	let credentials;

	before(async () => {
		({ client, outside, mailbox } = await sharedWorld());
		const create = async (type, data) => [type, await client.createCredential(type, data)];
		credentials = Object.fromEntries(
			await Promise.all([
				create('hubspotAppToken', { appToken: 'pat-eu1' }),
				create('wooCommerceApi', {
					consumerKey: 'ck',
					consumerSecret: 'cs',
					url: 'https://shop.example.com',
				}),
				create('shopifyAccessTokenApi', {
					shopSubdomain: 'your-shop',
					accessToken: 'shpat',
					appSecretKey: '',
				}),
				create('smtp', mailbox.credential),
			]),
		);
	});

	beforeEach(() => {
		outside.reset();
		mailbox.reset();
		outside.answer('woocommerce', (call) =>
			call.path.endsWith('/orders')
				? paged(orders.map(wooCommerceOrder), 100, (page) => page)(call)
				: undefined,
		);
		outside.answer('shopify', (call) =>
			call.path.endsWith('/orders.json')
				? paged(orders.map(shopifyAdminOrder), 100, (page) => ({ orders: page }))(call)
				: undefined,
		);
	});

	/** Contacts of the CRM by address, with the properties written to them. */
	const contacts = () => {
		const known = new Map();
		for (const { path, body } of outside.calls({ service: 'hubspot', path: UPSERT })) {
			const email = decodeURIComponent(path.replace(UPSERT, ''));
			const properties = known.get(email) ?? {};
			for (const { property, value } of body.properties) properties[property] = value;
			known.set(email, properties);
		}
		return known;
	};
	const toCustomers = () => mailbox.mails().filter(({ to }) => !to.includes('owner@example.com'));

	for (const [platform, file, shop] of [
		['WooCommerce', '20-churn-risk-and-win-back-woocommerce.json', 'woocommerce'],
		['Shopify', '20b-churn-risk-and-win-back-shopify.json', 'shopify'],
	]) {
		it(`20, ${platform}: risk goes to the CRM, mail to the best at risk only, and to nobody twice`, async () => {
			const workflow = await client.importWorkflow(template(file), { credentials });
			const first = await client.runManually(workflow, 'Every Monday Morning');
			assert.equal(first.error, undefined);
			assert.equal(first.status, 'success');

			const pages = outside.calls({ service: shop, path: /orders(\.json)?$/ });
			assert.equal(pages.length, Math.ceil(orders.length / 100));
			assert.ok(pages.every(({ status }) => status === 200));
			assert.equal(first.items('Score Churn Risk', 1)[0].orders_counted, orders.length);

			const known = contacts();
			assert.equal(known.size, CUSTOMERS);
			for (const { churn_risk, churn_risk_level } of known.values()) {
				assert.ok(Number(churn_risk) >= 0 && Number(churn_risk) <= 1);
				assert.ok(['low', 'medium', 'high'].includes(churn_risk_level));
			}
			const mailed = toCustomers();
			assert.ok(mailed.length > 0);
			for (const { to } of mailed) {
				const contact = known.get(to[0]);
				assert.equal(contact.churn_risk_level, 'high');
				assert.equal(contact.winback_group, 'treated');
			}
			assert.equal(mailed.length, first.items('Is Not Held Out').length);

			const second = await client.runManually(workflow, 'Every Monday Morning');
			assert.equal(second.status, 'success');
			assert.equal(toCustomers().length, mailed.length);
			assert.deepEqual(outside.refused(), []);
		});
	}

	it('21: segments and value go to the CRM, and the owner gets one page', async () => {
		const workflow = await client.importWorkflow(template('21-segments-and-value-monthly.json'), {
			credentials,
		});
		const run = await client.runManually(workflow, 'First of the Month');
		assert.equal(run.error, undefined);
		assert.equal(run.status, 'success');
		const known = contacts();
		assert.equal(known.size, CUSTOMERS);
		for (const { customer_segment, loyalty_rung, is_vip, lifetime_value } of known.values()) {
			assert.ok(customer_segment.length > 0);
			assert.ok(loyalty_rung.length > 0);
			assert.ok(['yes', 'no'].includes(is_vip));
			assert.ok(Number(lifetime_value) >= 0);
		}
		const mails = mailbox.mails();
		assert.equal(mails.length, 1);
		assert.deepEqual(mails[0].to, ['owner@example.com']);
		assert.match(mails[0].subject, /^Our Shop: your customers in/);
		assert.match(mails[0].html ?? mails[0].text, /Champions/);
		assert.doesNotMatch(mails[0].html ?? mails[0].text, /undefined|NaN/);
	});
});
