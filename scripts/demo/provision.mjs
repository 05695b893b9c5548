import { createHash } from 'node:crypto';

import { prepareCredentials, standInCredentials } from '../host/index.mjs';

/** What the made-up shop signs its webhooks with. */
export const SIGNED_WITH = 'corner-roastery-signing-secret';

const fingerprintOf = (workflow) =>
	createHash('sha256').update(JSON.stringify(workflow)).digest('hex');

/** Templates 01 to 09 run the programme; the others read whole years of orders on a schedule and are imported only. */
const runsTheProgramme = (name) => name.startsWith('0');

const startOf = (workflow) =>
	workflow.nodes.find(
		({ type, disabled }) => disabled !== true && /trigger$|\.webhook$/i.test(type),
	);

/** Saved and as it was, or undefined: the owner may have deleted it in the editor. */
async function saved(client, known, fingerprint) {
	if (known?.fingerprint !== fingerprint) return undefined;
	try {
		const workflow = await client.workflow(known.id);
		return workflow.isArchived === true ? undefined : workflow;
	} catch (error) {
		if (error.status === 404 || error.status === 403) return undefined;
		throw error;
	}
}

/**
 * Brings the templates into n8n as their owner would: imported, credentials chosen, published. What an earlier start brought in
 * and nobody changed since is taken as it is. Gives `flow(start)`: a template by the beginning of its file name, with `trigger`
 * (name of its first node) and `url`; undefined for one that is not there.
 */
export async function provision({ n8n, mailbox, state, templates }) {
	const { client } = n8n;
	const credentials = await prepareCredentials(
		client,
		templates.map(({ workflow }) => workflow),
		standInCredentials({ signingSecret: SIGNED_WITH, mailbox }),
	);
	const flows = new Map();
	for (const { name, workflow } of templates) {
		const fingerprint = fingerprintOf(workflow);
		const known = state.workflows[name];
		let current = await saved(client, known, fingerprint);
		if (current === undefined) {
			// The older one would answer on the same address.
			if (known !== undefined) await client.deactivate(known).catch(() => {});
			current = await client.importWorkflow(workflow, { credentials });
			state.workflows[name] = { id: current.id, fingerprint };
		}
		if (runsTheProgramme(name) && current.active !== true) current = await client.activate(current);
		const trigger = startOf(current)?.name;
		flows.set(name, { ...current, trigger, url: client.urlOf(current, trigger) });
	}
	return (start) => [...flows].find(([name]) => name.startsWith(start))?.[1];
}
