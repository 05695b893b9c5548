import { randomUUID } from 'node:crypto';

import { deliver } from '../../../scripts/store/index.mjs';

export const SECRET = 'hush-hush-0123456789';

const toNext = (node) => ({ node, type: 'main', index: 0 });

/** Nodes in a row; `links` over and above "each output 0 to the next node". */
export function flow(name, nodes, links) {
	return {
		name,
		nodes: nodes.map((node, index) => ({ typeVersion: 1, position: [index * 220, 0], ...node })),
		connections: Object.fromEntries(
			Object.entries(links).map(([from, outputs]) => [
				from,
				{ main: outputs.map((targets) => targets.map(toNext)) },
			]),
		),
		settings: {},
	};
}

export const hook = () => ({
	name: 'Hook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path: randomUUID(), responseMode: 'lastNode', options: {} },
});

const loyalty = (parameters) => ({
	name: 'Loyalty',
	type: 'n8n-nodes-loyalty.loyalty',
	parameters,
});

/** Where both outputs of the Loyalty node meet, so that the answer is what came out of either. */
const answer = { name: 'Answer', type: 'n8n-nodes-base.noOp', parameters: {} };
const bothToAnswer = { Loyalty: [['Answer'], ['Answer']] };

/** Store Event Trigger → Loyalty; the shop is answered when the ledger has the event. */
export const storeFlow = (name, platform) =>
	flow(
		name,
		[
			{
				name: 'Store Event',
				type: 'n8n-nodes-loyalty.storeEventTrigger',
				typeVersion: 1.1,
				parameters: { platform },
			},
			loyalty({ resource: 'event', operation: 'process' }),
			answer,
		],
		{ 'Store Event': [['Loyalty']], ...bothToAnswer },
	);

/** Webhook → one operation of the Loyalty node, its parameters from the request's body. */
export const operationFlow = (name, parameters) =>
	flow(name, [hook(), loyalty(parameters), answer], { Hook: [['Loyalty']], ...bothToAnswer });

/**
 * Imports and publishes a flow; gives it with the `url` of its trigger, and `call(body)`, which gives the answer's JSON and
 * fails with n8n's own words where the run did.
 */
export async function published(client, workflow, credentials = {}) {
	const active = await client.activate(await client.importWorkflow(workflow, { credentials }));
	const url = client.urlOf(active, active.nodes[0].name);
	return {
		...active,
		url,
		async call(body = {}) {
			const { status, text, json } = await deliver(url, {
				text: JSON.stringify(body),
				headers: { 'content-type': 'application/json' },
			});
			if (status === 200) return json;
			const [failed] = await client.executions(active, { status: 'error', limit: 1 });
			const error = failed === undefined ? undefined : (await client.execution(failed.id)).error;
			throw new Error(
				`"${workflow.name}" was answered ${status}: ${error?.message ?? text}\n${error?.description ?? ''}\n${error?.stack ?? ''}`,
			);
		},
	};
}
