/**
 * Webhook to answer in the real n8n, 8 in parallel: our flow (Store Event Trigger → Loyalty, answered when the ledger has the
 * order) against Webhook → No Operation in the same n8n and the same run. In between stand flows that add one part at a time,
 * so that the table shows where the rest goes.
 *
 * A machine is not equally fast all the time, so the flows take turns in short blocks, each round beginning with another one. A
 * ratio is the median over the rounds of that flow's throughput as a share of the floor's in the same round.
 */
import { readFile } from 'node:fs/promises';

import { packPackage } from '../scripts/host/package.mjs';
import { REPO } from '../scripts/project.mjs';
import { prepareCredentials, standInCredentials } from '../scripts/host/index.mjs';
import { deliver, inParallel, shopifyDelivery, shopifyOrder } from '../scripts/store/index.mjs';
import { flow, hook, published, SECRET, storeFlow } from '../test/host/support/flows.mjs';
import { openWorld } from '../test/host/support/n8n.mjs';
import { publishProgram } from '../test/host/support/shop.mjs';

const WIDTH = 8;
const ROUNDS = 9;
const WARM_UP = 2;
const REQUESTS = 40;
const BUYERS = 25;
const GOAL = 0.5;

function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const noOp = { name: 'No Operation', type: 'n8n-nodes-base.noOp', parameters: {} };

const dataTable = (name, table, parameters) => ({
	name,
	type: 'n8n-nodes-base.dataTable',
	typeVersion: 1.1,
	alwaysOutputData: true,
	parameters: {
		resource: 'row',
		dataTableId: { __rl: true, mode: 'id', value: table },
		...parameters,
	},
});

/**
 * The floor; what one more expression engine costs (n8n sets one up for each credential it decrypts, for each delivery to a
 * webhook of another node than its own, and for each run, which is all the floor has); our trigger; what any ledger in Data
 * Tables costs at the least; our ledger with one look-up; all of it behind n8n's own webhook, which checks no signature.
 */
function comparisons(table) {
	const read = dataTable('Read', table, {
		operation: 'get',
		matchType: 'allConditions',
		filters: {
			conditions: [{ keyName: 'word', condition: 'eq', keyValue: '={{ $json.body.id }}' }],
		},
		limit: 50,
	});
	const write = dataTable('Write', table, {
		operation: 'insert',
		columns: { mappingMode: 'defineBelow', value: { word: "={{ $('Hook').item.json.body.id }}" } },
		options: {},
	});
	const trigger = storeFlow('', 'shopify').nodes[0];
	const guarded = hook();
	guarded.parameters.authentication = 'headerAuth';
	const lookUp = {
		name: 'Loyalty',
		type: 'n8n-nodes-loyalty.loyalty',
		parameters: { resource: 'member', operation: 'get', member: 'bench-1@example.com' },
	};
	const unverified = {
		name: 'Loyalty',
		type: 'n8n-nodes-loyalty.loyalty',
		parameters: { resource: 'event', operation: 'process' },
	};
	const toEnd = { Hook: [['Loyalty']], Loyalty: [['No Operation'], ['No Operation']] };
	return [
		['Webhook → No Operation', flow('Floor', [hook(), noOp], { Hook: [['No Operation']] })],
		[
			'Webhook that checks a credential → No Operation',
			flow('Credential only', [guarded, noOp], { [guarded.name]: [['No Operation']] }),
		],
		[
			'Store Event Trigger → No Operation',
			flow('Trigger only', [trigger, noOp], { [trigger.name]: [['No Operation']] }),
		],
		[
			'Webhook → one Data Table read → one insert',
			flow('Two table nodes', [hook(), read, write], { Hook: [['Read']], Read: [['Write']] }),
		],
		[
			'Webhook → Loyalty, one member looked up in the ledger',
			flow('Look up', [hook(), lookUp, noOp], toEnd),
		],
		[
			'Webhook → Loyalty, order in the ledger, signature not checked',
			flow('Unverified', [hook(), unverified, noOp], toEnd),
		],
	];
}

let next = 0;

/** A new order each time, of a buyer who has some already. */
function delivery() {
	const number = next++;
	const buyer = number % BUYERS;
	const { text, headers } = shopifyDelivery({
		topic: 'orders/paid',
		secret: SECRET,
		body: shopifyOrder({
			orderId: String(9_000_000_000_000 + number),
			customer: {
				id: String(91_000 + buyer),
				email: `bench-${buyer}@example.com`,
				firstName: 'Busy',
				lastName: 'Buyer',
			},
			lines: [
				{ title: 'Beans', price: '18.50', quantity: 2 },
				{ title: 'Filter', price: '6.90' },
			],
		}),
	});
	// The header of the stand-in credential, for the flow that checks one.
	return { text, headers: { ...headers, authorization: 'Bearer stand-in' } };
}

/** Processor time that a process has used, in milliseconds; NaN where the system does not say. */
async function cpuMs(pid) {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	if (stat === undefined) return NaN;
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	// Fields 14 and 15 of proc(5), in hundredths of a second.
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/**
 * Requests a second, the median time of an answer, and the processor time n8n took for one: the last hardly depends on what else
 * the machine does.
 */
async function block(url, pid) {
	const deliveries = Array.from({ length: REQUESTS }, delivery);
	const cpu = await cpuMs(pid);
	const since = performance.now();
	const answers = await inParallel(deliveries, WIDTH, (one) => deliver(url, one));
	const seconds = (performance.now() - since) / 1000;
	const bad = answers.find(({ status }) => status !== 200);
	if (bad !== undefined)
		throw new Error(`${url} answered ${bad.status}: ${bad.text.slice(0, 300)}`);
	return {
		rate: REQUESTS / seconds,
		ms: median(answers.map(({ ms }) => ms)),
		cpu: ((await cpuMs(pid)) - cpu) / REQUESTS,
	};
}

/** Of each flow the medians over the rounds; `share` and `cost` are its rate and its processor time over those of the first flow. */
async function measure(flows, pid) {
	const rounds = [];
	// The first rounds warm up: tables are found, code is compiled.
	for (let round = 0; round < WARM_UP + ROUNDS; round++) {
		const results = new Map();
		for (const index of flows.keys()) {
			const { title, url } = flows[(index + round) % flows.length];
			results.set(title, await block(url, pid));
		}
		if (round >= WARM_UP) rounds.push(results);
	}
	const [floor] = flows;
	return flows.map(({ title }) => {
		const over = (figure) =>
			median(rounds.map((results) => figure(results.get(title), results.get(floor.title))));
		return {
			title,
			rate: over(({ rate }) => rate),
			ms: over(({ ms }) => ms),
			cpu: over(({ cpu }) => cpu),
			share: over(({ rate }, least) => rate / least.rate),
			cost: over(({ cpu }, least) => cpu / least.cpu),
		};
	});
}

const OURS = 'Store Event Trigger → Loyalty, order in the ledger';

/**
 * Measures in an n8n with these settings. `chosen` takes from the flows to compare with, the floor first, those that are wanted.
 */
async function measuredIn(env, chosen, { log, tarball }) {
	const world = await openWorld({ env, tarball });
	try {
		const { client } = world;
		const credentials = await prepareCredentials(
			client,
			[storeFlow('', 'shopify'), ...comparisons('').map(([, workflow]) => workflow)],
			standInCredentials({ signingSecret: SECRET, mailbox: world.mailbox }),
		);
		await publishProgram(client);
		const { id } = await client.rest('POST', `/projects/${client.projectId}/data-tables`, {
			name: 'bench_of_plain_rows',
			columns: [{ name: 'word', type: 'string' }],
		});
		const flows = [];
		for (const [title, workflow] of [
			...chosen(comparisons(id)),
			[OURS, storeFlow(OURS, 'shopify')],
		]) {
			flows.push({ title, url: (await published(client, workflow, credentials)).url });
		}
		log(`${ROUNDS} rounds of ${REQUESTS} requests for each flow, ${WIDTH} at a time`);
		return await measure(flows, world.n8n.pid);
	} finally {
		await world.dispose();
	}
}

function rows([floor, ...others]) {
	return others.map(({ title, rate, ms, cpu, share, cost }) => ({
		what: title,
		ours: `${rate.toFixed(1)}/s, ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} ms of processor (${cost.toFixed(2)} times)`,
		theirs: `${floor.title}: ${floor.rate.toFixed(1)}/s, ${floor.ms.toFixed(0)} ms, ${floor.cpu.toFixed(0)} ms of processor`,
		ratio: share,
	}));
}

/** The goal is for n8n as it comes. What follows shows what one of its settings does: to our flow and to the floor alike. */
const LAZY = 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE';

async function run({ log, tarball }) {
	const context = { log, tarball: tarball ?? (await packPackage(REPO)) };
	const asItComes = rows(await measuredIn({}, (all) => all, context)).map((row) =>
		row.what === OURS ? { ...row, goal: `≥ ${GOAL}`, met: row.ratio >= GOAL } : row,
	);
	log(`The same with ${LAZY}=true`);
	const lazy = rows(await measuredIn({ [LAZY]: 'true' }, ([floor]) => [floor], context));
	return [
		...asItComes,
		...lazy.map((row) => ({
			...row,
			what: `${row.what}; ${LAZY}=true`,
			theirs: `${row.theirs}; with it too`,
		})),
	];
}

export default {
	title: 'Webhook to answer in the real n8n: throughput as a share of Webhook → No Operation',
	run,
};
