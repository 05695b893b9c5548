import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepareCredentials, standInCredentials } from '../../../scripts/host/index.mjs';
import { deliver } from '../../../scripts/store/index.mjs';
import { sharedWorld } from './n8n.mjs';

const FOLDER = fileURLToPath(new URL('../../../workflows', import.meta.url));
export const SIGNED_WITH = 'hush-hush-0123456789';

async function read() {
	// Those that run the programme; the others read years of orders on a schedule and have tests of their own.
	const names = (await readdir(FOLDER)).filter((name) => /^0.*\.json$/.test(name)).sort();
	return await Promise.all(
		names.map(async (name) => ({
			name,
			workflow: JSON.parse(await readFile(path.join(FOLDER, name), 'utf8')),
		})),
	);
}

let opened;

/**
 * The shared n8n with every template of the programme in it as its owner would have it: imported, credentials chosen, nothing else touched,
 * published; and the programme of the first one in force. `flow(start)` gives a template by the beginning of its name, with
 * the `url` of its trigger.
 */
export function openTemplates() {
	opened ??= open();
	return opened;
}

async function open() {
	const world = await sharedWorld();
	const { client } = world;
	const templates = await read();
	const credentials = await prepareCredentials(
		client,
		templates.map(({ workflow }) => workflow),
		{
			...standInCredentials({ signingSecret: SIGNED_WITH, mailbox: world.mailbox }),
			storeWebhookApi: { platform: 'shopify', signingSecrets: SIGNED_WITH },
		},
	);
	const flows = new Map();
	for (const { name, workflow } of templates) {
		const active = await client.activate(await client.importWorkflow(workflow, { credentials }));
		const trigger = active.nodes.find(({ type }) => /trigger$|\.webhook$/i.test(type));
		flows.set(name, { ...active, trigger: trigger.name, url: client.urlOf(active, trigger.name) });
	}
	const flow = (start) => {
		const name = [...flows.keys()].find((one) => one.startsWith(start));
		if (name === undefined) throw new Error(`No template begins with "${start}"`);
		return flows.get(name);
	};
	const setUp = async (answers = {}) => {
		const form = flow('01');
		return await client.submitForm(form, form.trigger, {
			programName: 'Corner Roastery Club',
			pendingDays: 0,
			...answers,
		});
	};
	await setUp();
	/** The rows of the ledger that are about a member. */
	const ledger = async (member) =>
		(await client.rows('loyalty_ledger')).filter((row) => row.member_id === member);
	const member = async (email) =>
		(await client.rows('loyalty_members')).find((row) => row.member_id === email);
	return {
		...world,
		flow,
		setUp,
		ledger,
		member,
		/** Waits until nothing runs any more, also behind answers that were given, and forgets what went out. */
		async clear() {
			// The last page of a form waits for its reader, who never comes.
			for (const [name, one] of flows) if (!name.startsWith('01')) await client.untilRun(one, 0);
			world.outside.reset();
			world.mailbox.reset();
		},
		/** Calls a template as a storefront or a review tool does. */
		async call(
			start,
			body,
			{ method = 'POST', query = {}, authorization = 'Bearer stand-in' } = {},
		) {
			const url = new URL(flow(start).url);
			for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
			return await deliver(url.href, {
				method,
				text: body === undefined ? undefined : JSON.stringify(body),
				headers: {
					'content-type': 'application/json',
					...(authorization === null ? {} : { authorization }),
				},
			});
		},
	};
}
