import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startOutside } from '../../scripts/host/index.mjs';
import { chain, sharedWorld } from './support/n8n.mjs';

const RECORDER = fileURLToPath(new URL('../../scripts/host/outside/recorder.cjs', import.meta.url));

const hook = (path, options = {}) => ({
	name: 'Hook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', ...options },
});

const hubspot = {
	name: 'HubSpot',
	type: 'n8n-nodes-base.hubspot',
	typeVersion: 2.1,
	parameters: {
		authentication: 'appToken',
		resource: 'contact',
		operation: 'upsert',
		email: 'ana@example.com',
		additionalFields: { firstName: 'Ana' },
		options: {},
	},
};

const post = (url) =>
	fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });

describe("n8n's own nodes against the recorded world outside", () => {
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
				create('slackApi', { accessToken: 'xoxb-1' }),
				create('pipedriveApi', { apiToken: 'p1' }),
				create('shopifyAccessTokenApi', {
					shopSubdomain: 'demo',
					accessToken: 'shpat',
					appSecretKey: '',
				}),
				create('telegramApi', { accessToken: '1:a', baseUrl: 'https://api.telegram.org' }),
				create('facebookGraphApi', { accessToken: 'EAA' }),
				create('wooCommerceApi', {
					consumerKey: 'ck',
					consumerSecret: 'cs',
					url: 'https://shop.example.com',
				}),
				create('smtp', mailbox.credential),
			]),
		);
	});

	beforeEach(() => {
		outside.reset();
		mailbox.reset();
	});

	it('a flow over seven services and e-mail runs, and every call is on record with its own authentication', async () => {
		const flow = chain('Everything outside', [
			hook('everything-outside'),
			hubspot,
			{
				name: 'Pipedrive',
				type: 'n8n-nodes-base.pipedrive',
				typeVersion: 2,
				parameters: { resource: 'person', operation: 'create', name: 'Ana', additionalFields: {} },
			},
			{
				name: 'Slack',
				type: 'n8n-nodes-base.slack',
				typeVersion: 2.3,
				parameters: {
					resource: 'message',
					operation: 'post',
					select: 'channel',
					channelId: { __rl: true, mode: 'name', value: '#loyalty' },
					text: 'Ana is Gold now',
					otherOptions: { includeLinkToWorkflow: false },
				},
			},
			{
				name: 'Telegram',
				type: 'n8n-nodes-base.telegram',
				typeVersion: 1.2,
				parameters: {
					chatId: '@shop',
					text: 'Thank you',
					additionalFields: { appendAttribution: false },
				},
			},
			{
				name: 'Facebook',
				type: 'n8n-nodes-base.facebookGraphApi',
				parameters: {
					httpRequestMethod: 'POST',
					graphApiVersion: 'v23.0',
					node: 'me',
					edge: 'feed',
					options: { queryParameters: { parameter: [{ name: 'message', value: 'Thank you' }] } },
				},
			},
			{
				name: 'Shopify',
				type: 'n8n-nodes-base.shopify',
				parameters: {
					authentication: 'accessToken',
					resource: 'order',
					operation: 'get',
					orderId: '450',
					options: {},
				},
			},
			{
				name: 'WooCommerce',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: 'https://shop.example.com/wp-json/wc/v3/coupons',
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'wooCommerceApi',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '{"code":"THANKS","amount":"5.00"}',
					options: {},
				},
			},
			{
				name: 'Mail',
				type: 'n8n-nodes-base.emailSend',
				typeVersion: 2.1,
				parameters: {
					fromEmail: 'shop@example.com',
					toEmail: 'ana@example.com',
					subject: 'Grüße',
					emailFormat: 'text',
					text: 'You have 50 points',
					options: { appendAttribution: false },
				},
			},
		]);
		const active = await client.activate(await client.importWorkflow(flow, { credentials }));
		const answer = await post(client.urlOf(active, 'Hook'));
		const [run] = await client.untilRun(active);
		const execution = await client.execution(run.id);
		assert.equal(execution.error, undefined);
		assert.equal(answer.status, 200);
		const brief = outside
			.calls()
			.map(({ service, method, path, status }) => `${service} ${method} ${path} ${status}`);
		assert.deepEqual(brief, [
			'hubspot POST /contacts/v1/contact/createOrUpdate/email/ana@example.com 200',
			`hubspot GET /contacts/v1/contact/vid/${execution.items('HubSpot')[0].vid}/profile 200`,
			'pipedrive GET /api/v2/personFields 200',
			'pipedrive POST /api/v2/persons 201',
			'slack POST /api/chat.postMessage 200',
			'telegram POST /bot1:a/sendMessage 200',
			'facebook POST /v23.0/me/feed 200',
			'shopify GET /admin/api/2024-07//orders/450.json 200',
			'woocommerce POST /wp-json/wc/v3/coupons 201',
		]);
		assert.equal(outside.calls({ service: 'hubspot' })[0].headers.authorization, 'Bearer pat-eu1');
		assert.equal(outside.calls({ service: 'slack' })[0].body.text, 'Ana is Gold now');
		const [mail] = mailbox.mails();
		assert.deepEqual(mail.to, ['ana@example.com']);
		assert.equal(mail.subject, 'Grüße');
		assert.deepEqual(outside.refused(), []);
		await client.deactivate(active);
	});

	it('a service that fails makes its node fail, and works again when it has recovered', async () => {
		const active = await client.activate(
			await client.importWorkflow(chain('A CRM that is down', [hook('crm-down'), hubspot]), {
				credentials,
			}),
		);
		const url = client.urlOf(active, 'Hook');
		outside.fail('hubspot', { status: 503 });
		assert.equal((await post(url)).status, 500);
		outside.fail('hubspot', { hangUp: true });
		assert.equal((await post(url)).status, 500);
		outside.heal('hubspot');
		assert.equal((await post(url)).status, 200);
		const failed = (await client.untilRun(active, 3)).filter(({ status }) => status === 'error');
		assert.equal(failed.length, 2);
		await client.deactivate(active);
	});
});

describe('the way out of the process', () => {
	const inProcess = async (code) => {
		const outside = await startOutside();
		const child = spawn(process.execPath, ['--require', RECORDER, '-e', code], {
			env: { ...process.env, LOYALTY_OUTSIDE_PORT: String(outside.port) },
		});
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		await new Promise((resolve) => child.once('close', resolve));
		await outside.stop();
		return { output: output.trim(), outside };
	};

	it('http, https and fetch to another host end in the recording', async () => {
		const { outside } = await inProcess(`
			const done = (response) => response.resume();
			require('http').get('http://api.telegram.org/a', done);
			require('https').request({ hostname: 'slack.com', path: '/api/x', method: 'POST' }, done).end('{}');
			fetch('https://graph.facebook.com/v1/me', { method: 'POST', body: 'a=b' }).then((answer) => answer.text());
		`);
		assert.deepEqual(
			outside
				.calls()
				.map(({ method, url }) => `${method} ${url}`)
				.sort(),
			[
				'GET http://api.telegram.org/a',
				'POST https://graph.facebook.com/v1/me',
				'POST https://slack.com/api/x',
			],
		);
	});

	it('a bare socket to another host, and the look-up of its name, are refused and reported', async () => {
		const { output, outside } = await inProcess(`
			require('net').connect(25, '203.0.113.9').on('error', (error) => console.log(error.code));
			require('tls').connect({ host: 'mail.example.com', port: 465 }).on('error', (error) => console.log(error.code));
			require('dns').lookup('example.com', (error) => console.log(error.code));
		`);
		assert.deepEqual(output.split('\n').sort(), ['ENETUNREACH', 'ENETUNREACH', 'ENOTFOUND']);
		assert.deepEqual(outside.refused().sort(), [
			'203.0.113.9:25',
			'mail.example.com:465',
			'name of example.com',
		]);
	});
});
