/**
 * Customer Insights: how long the fits and scores take, for shops of four sizes, and beside Python's lifetimes where it can be imported.
 *
 * The populations are exact draws from BG/NBD (r 0.243, alpha 4.414, a 0.793, b 2.426, in weeks; observed for 4 to 104 weeks, to the day).
 * Times are the fastest of several runs. For the comparison: `python3 -m pip install lifetimes`, or set PYTHON to an interpreter that has it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const SIZES = [1_000_000, 100_000, 10_000, 2_357];
const FIT_GOAL_MS = { 2357: 5, 10000: 10, 100000: 70, 1000000: 700 };
const HERE = path.dirname(fileURLToPath(import.meta.url));

export default {
	title: 'Customer Insights: fit, score and summarise (ratio: lifetimes / ours)',
	async run({ dist, log }) {
		const require = createRequire(import.meta.url);
		const insight = (part) => require(path.join(dist, 'engine', 'insight', part));
		const { fitPurchaseModel, logLikelihoodOf, mergeRows, predictCustomers } = insight('model');
		const logLikelihood = (fit, { x, tx, T }) =>
			x.reduce((sum, _, i) => sum + logLikelihoodOf('bgnbd', fit, x[i], tx[i], T[i]), 0);
		const { runAtOnce } = insight('pause');
		const { summariseOrders, summariesFromColumns } = insight('purchase');
		const { scoreChurn } = insight('churn');
		const { estimateValue } = insight('value');
		const rows = [];

		for (const size of SIZES) {
			log(`${size} customers`);
			const shop = population(size, 20);
			const columns = summariesFromColumns(shop, { unitDays: 7, asOfDay: 20_000 });
			const peer = peerFit(shop, size, log);
			const fit = () => runAtOnce(fitPurchaseModel('bgnbd', runAtOnce(mergeRows(columns))));
			const first = timed(fit);
			const took = fastest(size > 50_000 ? 5 : 25, fit);
			const goal = FIT_GOAL_MS[size];
			rows.push({
				what: `BG/NBD fit, ${size} customers`,
				ours: `${took.toFixed(1)} ms (first call ${first.ms.toFixed(0)} ms)`,
				...(peer === null
					? {}
					: {
							theirs: `${(peer.seconds * 1000).toFixed(0)} ms`,
							ratio: (peer.seconds * 1000) / took,
						}),
				goal: `≤ ${goal} ms`,
				met: took <= goal,
			});
			if (peer !== null) {
				const behind = logLikelihood(first.value, columns) - logLikelihood(peer, columns);
				log(`log-likelihoods differ by ${Math.abs(behind).toExponential(1)}`);
			}
			if (size === 1_000_000) {
				const peak = await peakMegabytes(function* () {
					yield* fitPurchaseModel('bgnbd', yield* mergeRows(columns));
				});
				rows.push({
					what: `memory of that fit over its input, ${size} customers`,
					ours: `${peak.toFixed(0)} MB`,
					...(peer === null ? {} : { theirs: `${peer.megabytes.toFixed(0)} MB` }),
					goal: '≤ 200 MB',
					met: peak <= 200,
				});
			}
			const score = () => runAtOnce(predictCustomers('bgnbd', first.value, columns, 13));
			const scored = fastest(5, score);
			rows.push({
				what: `P(alive) and risk, ${size} customers`,
				ours: `${scored.toFixed(1)} ms`,
				...(size === 1_000_000 ? { goal: '≤ 400 ms', met: scored <= 400 } : {}),
			});
		}

		log('orders to summaries');
		const orders = ordersOf(1_000_000);
		const options = { zone: 'Europe/Berlin', asOf: '2026-06-30' };
		const summarised = timed(() => summariseOrders(orders, options));
		const again = fastest(3, () => summariseOrders(orders, options));
		rows.push({
			what: `1,000,000 orders of ${summarised.value.value.count} customers to summaries`,
			ours: `${again.toFixed(0)} ms (first call ${summarised.ms.toFixed(0)} ms)`,
			goal: '≤ 1000 ms',
			met: again <= 1000,
		});

		log('the whole operations, with pauses');
		let longest = 0;
		let since = performance.now();
		const pause = {
			yieldNow: () =>
				new Promise((resolve) => {
					longest = Math.max(longest, performance.now() - since);
					setImmediate(() => {
						since = performance.now();
						resolve();
					});
				}),
			isCancelled: () => false,
		};
		for (const [name, operation] of [
			['score churn risk', scoreChurn],
			['estimate lifetime value', estimateValue],
		]) {
			longest = 0;
			since = performance.now();
			const began = since;
			const result = await operation(summarised.value.value, { pause });
			if (!result.ok) throw new Error(result.reason.message);
			rows.push({
				what: `${name}, ${result.value.count} customers (longest time without a pause)`,
				ours: `${(performance.now() - began).toFixed(0)} ms (${longest.toFixed(0)} ms)`,
			});
		}
		return rows;
	},
};

function timed(work) {
	const since = performance.now();
	const value = work();
	return { value, ms: performance.now() - since };
}

/** The most memory held at any pause above what was held before, garbage not yet collected included. */
async function peakMegabytes(steps) {
	const held = () => {
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	// Buffers of earlier runs are given back some turns after the collection.
	for (let turn = 0; turn < 5; turn++) {
		globalThis.gc?.();
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	const before = held();
	let most = before;
	for (const _ of steps()) most = Math.max(most, held());
	return (Math.max(most, held()) - before) / 1e6;
}

/** The fastest of several runs: what else the machine does can only add to a time. */
function fastest(times, work) {
	return Math.min(...Array.from({ length: times }, () => timed(work).ms));
}

/** A reproducible stream of numbers in (0, 1): mulberry32. */
function stream(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
	};
}

/** A gamma draw with scale 1; Marsaglia & Tsang 2000. */
function gamma(next, shape) {
	if (shape < 1) return gamma(next, shape + 1) * next() ** (1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
		const v = (1 + c * normal) ** 3;
		if (v > 0 && Math.log(next()) < 0.5 * normal * normal + d - d * v + d * Math.log(v))
			return d * v;
	}
}

/** Calls `put(customer, day)` for every transaction of a BG/NBD population; gives each customer's age in days. */
function draw(size, seed, put) {
	const next = stream(seed);
	const ages = new Int32Array(size);
	for (let i = 0; i < size; i++) {
		const rate = gamma(next, 0.243) / 4.414 / 7;
		const leaves = gamma(next, 0.793);
		const leave = leaves / (leaves + gamma(next, 2.426));
		ages[i] = 28 + Math.floor(next() * 700);
		let at = 0;
		put(i, 0);
		for (;;) {
			at += -Math.log(next()) / rate;
			if (at >= ages[i]) break;
			put(i, Math.ceil(at));
			if (next() < leave) break;
		}
	}
	return ages;
}

function population(size, seed) {
	const x = new Float64Array(size).fill(-1);
	const last = new Int32Array(size).fill(-1);
	const ages = draw(size, seed, (i, day) => {
		if (day === last[i]) return;
		last[i] = day;
		x[i]++;
	});
	return {
		x,
		tx: Float64Array.from(last, (day) => day / 7),
		T: Float64Array.from(ages, (day) => day / 7),
		customer: [],
	};
}

function ordersOf(count) {
	const orders = [];
	const asOf = Date.UTC(2026, 5, 30, 12);
	let pending = [];
	const flush = (age) => {
		for (const { i, day } of pending) {
			orders.push({
				customer: `customer-${i}@example.com`,
				date: new Date(asOf - (age - day) * 86_400_000).toISOString(),
				amount: (20 + ((i * 7 + day * 13) % 900) / 10).toFixed(2),
			});
		}
		pending = [];
	};
	for (let block = 0; orders.length < count; block++) {
		const size = 10_000;
		const all = [];
		const ages = draw(size, 77 + block, (i, day) => all.push({ i, day }));
		for (const { i, day } of all) {
			pending.push({ i: block * size + i, day });
			flush(ages[i]);
		}
	}
	// As they come out of a host: parsed from JSON, in the order of their dates.
	const sorted = orders.slice(0, count).sort((a, b) => (a.date < b.date ? -1 : 1));
	return JSON.parse(JSON.stringify(sorted));
}

let peerIsMissing = false;

/** The same population through lifetimes, in a Python process; null when there is none. */
function peerFit({ x, tx, T }, size, log) {
	if (peerIsMissing) return null;
	const folder = mkdtempSync(path.join(os.tmpdir(), 'insight-bench-'));
	try {
		for (const [name, column] of Object.entries({ x, tx, T })) {
			writeFileSync(path.join(folder, name), Buffer.from(column.buffer));
		}
		const script = path.join(HERE, 'lifetimes-fit.py');
		const run = spawnSync(process.env.PYTHON ?? 'python3', [script, folder], {
			encoding: 'utf8',
			timeout: 300_000,
		});
		if (run.status === 0) return JSON.parse(run.stdout);
		peerIsMissing = true;
		log(
			'Python lifetimes is not there, so there is nothing to compare with: `python3 -m pip install lifetimes`, or set PYTHON to an interpreter that has it.',
		);
		return null;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
