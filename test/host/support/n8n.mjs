import {
	installHost,
	startHost,
	startMailbox,
	startOutside,
} from '../../../scripts/host/index.mjs';

const PACKAGE = 'n8n-nodes-loyalty';

/** An n8n with this package, a world outside and a mailbox. `dispose()` ends all three. */
export async function openWorld({ env, tarball = process.env.LOYALTY_TARBALL } = {}) {
	const [host, outside, mailbox] = await Promise.all([
		installHost(),
		startOutside(),
		startMailbox(),
	]);
	const n8n = await startHost({
		host,
		outside,
		env,
		packages: tarball === undefined ? [] : [{ name: PACKAGE, tarball }],
	});
	return {
		n8n,
		client: n8n.client,
		outside,
		mailbox,
		async dispose() {
			await n8n.dispose();
			await outside.stop();
			await mailbox.stop();
		},
	};
}

let shared;

/** The one n8n that the test files share; started by whoever asks first, ended after the last test. */
export function sharedWorld() {
	shared ??= openWorld();
	return shared;
}

/** Ends the shared n8n, if anybody started it. */
export async function closeSharedWorld() {
	if (shared !== undefined) await (await shared).dispose();
}

/** A row of nodes, each connected to the next. */
export function chain(name, nodes, settings = {}) {
	const placed = nodes.map((node, index) => ({
		typeVersion: 1,
		position: [index * 220, 0],
		...node,
	}));
	const connections = {};
	for (const [index, node] of placed.entries()) {
		const next = placed[index + 1];
		if (next !== undefined)
			connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return { name, nodes: placed, connections, settings };
}
