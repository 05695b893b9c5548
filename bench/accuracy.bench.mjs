/**
 * Customer Insights: how good the churn risk and the expected orders are, on orders that were not seen. Judged by what happened after the
 * as-of day, against "days since the last order", which every shop can sort by without a model.
 *
 * CDNOW is read from ../shared/churn/data where that is there: fit until 1997-09-30, judge on the 39 weeks after. The other shops are
 * simulated: customers who buy at their own rate and leave for good at their own chance (`mixed`), who all leave alike (`alike`), who buy in
 * a regular rhythm (`regular`), and shops where nobody ever leaves (`faithful`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CDNOW = fileURLToPath(new URL('../../shared/churn/data/cdnow_sample.csv', import.meta.url));
const DAY_MS = 86_400_000;
const ZONE = 'UTC';

export default {
	title:
		'Customer Insights: accuracy on unseen orders (ratio: AUC / AUC of days since the last order)',
	async run({ dist, log }) {
		const require = createRequire(import.meta.url);
		const insight = (part) => require(path.join(dist, 'engine', 'insight', part));
		const { summariseOrders } = insight('purchase');
		const { scoreChurn, areaUnderCurve, brierScore } = insight('churn');
		const { estimateValue } = insight('value');
		const rows = [];

		for (const { name, orders, asOf, horizonDays, goals } of shops(log)) {
			log(name);
			const until = Date.parse(asOf);
			const made = summariseOrders(orders, { zone: ZONE, asOf });
			if (!made.ok) throw new Error(made.reason.message);
			const summaries = made.value;
			const after = new Map();
			for (const { customer, date } of orders) {
				const at = Date.parse(date);
				if (at <= until || at > until + horizonDays * DAY_MS) continue;
				if (!after.has(customer)) after.set(customer, new Set());
				after.get(customer).add(date);
			}
			const bought = summaries.customer.map((customer) => after.get(customer)?.size ?? 0);
			const left = bought.map((days) => (days === 0 ? 1 : 0));
			const silent = summaries.lastDay.map((day) => summaries.asOfDay - day);
			const scored = await scoreChurn(summaries, { horizonDays });
			if (!scored.ok) throw new Error(scored.reason.message);
			const auc = areaUnderCurve(scored.value.risk, left);
			const byDays = areaUnderCurve(silent, left);
			rows.push({
				what: `${name}: AUC of the risk, ${summaries.count} customers, by ${scored.value.card.used}`,
				ours: auc.toFixed(4),
				theirs: byDays.toFixed(4),
				ratio: auc / byDays,
				...(goals === undefined ? {} : { goal: `≥ ${goals.auc}`, met: auc >= goals.auc }),
			});
			const brier = brierScore(scored.value.risk, left);
			const share = left.reduce((sum, one) => sum + one, 0) / left.length;
			rows.push({
				what: `${name}: Brier score (against: everybody the same risk)`,
				ours: brier.toFixed(4),
				theirs: (share * (1 - share)).toFixed(4),
				...(goals === undefined ? {} : { goal: `≤ ${goals.brier}`, met: brier <= goals.brier }),
			});
			const valued = await estimateValue(summaries, { horizonDays });
			if (!valued.ok) {
				log(`  no lifetime value: ${valued.reason.message}`);
				continue;
			}
			const expected = valued.value.expectedOrders.reduce((sum, one) => sum + one, 0);
			const actual = bought.reduce((sum, one) => sum + one, 0);
			rows.push({
				what: `${name}: expected orders of all customers (against: what they were)`,
				ours: expected.toFixed(0),
				theirs: String(actual),
			});
		}
		return rows;
	},
};

function shops(log) {
	const simulated = [
		['mixed', { seed: 1, customers: 3000, shape: 1, leave: (next) => next() ** 2 }],
		['alike', { seed: 2, customers: 3000, shape: 1, leave: () => 0.15 }],
		['regular', { seed: 3, customers: 3000, shape: 6, leave: (next) => next() ** 3 }],
		['faithful', { seed: 4, customers: 3000, shape: 1, leave: () => 0 }],
	].map(([name, shop]) => ({
		name: `simulated, ${name}`,
		orders: simulate(shop),
		asOf: '2025-12-31',
		horizonDays: 90,
	}));
	if (!existsSync(CDNOW)) {
		log(`CDNOW is left out: ${path.relative(process.cwd(), CDNOW)} is not there`);
		return simulated;
	}
	const orders = readFileSync(CDNOW, 'utf8')
		.trim()
		.split(/\r?\n/)
		.slice(1)
		.map((line) => line.split(','))
		.map(([customer, date, , amount]) => ({ customer, date, amount }));
	const cdnow = {
		name: 'CDNOW sample',
		orders,
		asOf: '1997-09-30',
		horizonDays: 273,
		goals: { auc: 0.777, brier: 0.156 },
	};
	return [cdnow, ...simulated];
}

/** Two years and 90 days of orders; gaps are gamma with the given shape around each customer's own mean. */
function simulate({ seed, customers, shape, leave }) {
	const next = stream(seed);
	const begin = Date.parse('2024-01-01');
	const orders = [];
	for (let customer = 0; customer < customers; customer++) {
		const meanGap = 15 - 75 * Math.log(next());
		const leaving = leave(next);
		const spend = 20 - 40 * Math.log(next());
		let day = next() * 700;
		do {
			orders.push({
				customer: `c${customer}`,
				date: new Date(begin + Math.floor(day) * DAY_MS).toISOString().slice(0, 10),
				amount: (spend * (0.5 + next())).toFixed(2),
			});
			let gap = 0;
			for (let part = 0; part < shape; part++) gap -= (meanGap / shape) * Math.log(next());
			day += gap;
		} while (next() >= leaving && day < 822);
	}
	return orders;
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
