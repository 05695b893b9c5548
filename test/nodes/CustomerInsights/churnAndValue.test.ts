import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { hostPause } from '../../../nodes/CustomerInsights/hostPause';
import { Draws } from '../../engine/insight/draws';
import type { RunResult } from '../runtime';
import { NODE, runInsights } from './shop';

/**
 * A shop of 400 customers over two years: regular buyers of whom some stop for good. Every order is a row
 * of a spreadsheet.
 */
function spreadsheet(): IDataObject[] {
	const draws = new Draws(11);
	const rows: IDataObject[] = [];
	const end = Date.UTC(2026, 5, 30);
	for (let customer = 0; customer < 400; customer++) {
		const leaving = draws.uniform() ** 1.5;
		const gap = 10 + draws.exponential(60);
		const spend = draws.logNormal(40, 0.5);
		let day = draws.uniform() * 500;
		do {
			rows.push({
				order_id: rows.length + 1,
				email: `c${customer}@example.com`,
				date: new Date(end - (730 - day) * 86_400_000).toISOString().slice(0, 10),
				total: Math.round(draws.logNormal(spend, 0.3) * 100) / 100,
			});
			day += draws.exponential(gap);
		} while (draws.uniform() > leaving && day < 730);
	}
	return rows;
}

jest.setTimeout(60_000);

const orders = spreadsheet();
const churn = { resource: 'customer', operation: 'scoreChurnRisk' };
const value = { resource: 'customer', operation: 'estimateLifetimeValue' };

describe('Score Churn Risk', () => {
	let scored: RunResult;

	beforeAll(async () => {
		scored = await runInsights(orders, churn);
	});

	it('gives every customer a risk, a level and reasons, the highest risk first', () => {
		const result = scored;
		expect(result.error).toBeUndefined();
		const items = result.json(NODE);
		expect(items).toHaveLength(400);
		expect(Object.keys(items[0])).toEqual([
			'customer',
			'email',
			'name',
			'churn_risk',
			'churn_risk_level',
			'churn_reasons',
			'days_since_last_order',
			'expected_orders',
			'total_spend',
			'is_vip',
		]);
		const risks = items.map((item) => item.churn_risk as number);
		expect(risks).toEqual([...risks].sort((left, right) => right - left));
		for (const risk of risks) {
			expect(risk).toBeGreaterThanOrEqual(0);
			expect(risk).toBeLessThanOrEqual(1);
		}
		expect(items[0].churn_risk_level).toBe('high');
		expect(items[0].churn_reasons).not.toBe('');
		expect(result.items(NODE)[0].pairedItem).not.toHaveLength(0);
	});

	it('says on the second output which model was used, how good it is and on how many', () => {
		const [card] = scored.json(NODE, 1);
		expect(card).toMatchObject({
			operation: 'Score Churn Risk',
			customers: 400,
			orders_counted: orders.length,
			horizon_days: 90,
		});
		expect(card.auc as number).toBeGreaterThan(0.6);
		expect(card.checked_customers as number).toBeGreaterThan(100);
		expect((card.checked_scorers as IDataObject[]).map(({ scorer }) => scorer)).toContain(
			card.scored_by,
		);
		const levels =
			(card.customers_low_risk as number) +
			(card.customers_medium_risk as number) +
			(card.customers_high_risk as number) +
			(card.customers_unknown_risk as number);
		expect(levels).toBe(400);
	});

	it('uses the cut-offs and the scorer that are chosen', async () => {
		const result = await runInsights(orders, {
			...churn,
			simplify: false,
			options: { highFrom: 1, mediumFrom: 0.99, scorer: 'mbgnbd' },
		});
		expect(result.json(NODE)[0]).toMatchObject({ scored_by: 'mbgnbd', horizon_days: 90 });
		expect(result.json(NODE, 1)[0].customers_low_risk as number).toBeGreaterThan(250);
	});

	it('scores a handful of customers without a made-up number, and says so', async () => {
		const result = await runInsights(orders.slice(0, 8), churn);
		expect(result.error).toBeUndefined();
		expect(result.json(NODE).length).toBeGreaterThan(0);
		const [card] = result.json(NODE, 1);
		expect(card.fallback_reason).not.toBeNull();
		expect((card.warnings as string[]).length).toBeGreaterThan(0);
	});

	it('is not stopped by rows without sense, nor by nothing else', async () => {
		expect((await runInsights([{ a: 1 }], churn)).json(NODE)).toEqual([]);
		expect((await runInsights([{ a: 1 }], value)).json(NODE)).toEqual([]);
	});

	it('scores customers that are summarised already', async () => {
		const byCustomer = new Map<string, IDataObject>();
		for (const { email, date, total } of orders) {
			const known = byCustomer.get(email as string);
			byCustomer.set(email as string, {
				email,
				orders_count: ((known?.orders_count as number) ?? 0) + 1,
				first_order: known?.first_order ?? date,
				last_order: date,
				total_spent: ((known?.total_spent as number) ?? 0) + (total as number),
			});
		}
		const result = await runInsights([...byCustomer.values()], {
			...churn,
			inputItemIs: 'customer',
		});
		expect(result.error).toBeUndefined();
		expect(result.json(NODE).length).toBeGreaterThan(390);
		expect(result.json(NODE)[0].churn_risk).not.toBeNull();
	});

	it('is stopped with the execution, also in the middle of a fit', async () => {
		const stopped = new AbortController();
		const context = { getExecutionCancelSignal: () => stopped.signal };
		const pause = hostPause(context as unknown as IExecuteFunctions);
		await pause.yieldNow();
		expect(pause.isCancelled()).toBe(false);
		stopped.abort();
		expect(pause.isCancelled()).toBe(true);
	});
});

describe('Estimate Lifetime Value', () => {
	it('gives every customer an expected revenue, the highest first', async () => {
		const result = await runInsights(orders, value);
		expect(result.error).toBeUndefined();
		const items = result.json(NODE);
		expect(items).toHaveLength(400);
		const values = items.map((item) => item.lifetime_value as number);
		expect(values).toEqual([...values].sort((left, right) => right - left));
		expect(items[0].is_high_value).toBe(true);
		expect(items[399].is_high_value).toBe(false);
		const [card] = result.json(NODE, 1);
		expect(card.total_lifetime_value as number).toBeCloseTo(
			values.reduce((sum, one) => sum + one, 0),
			-1,
		);
		expect(card).toMatchObject({ horizon_days: 365, yearly_discount: 0.1 });
		expect(card.spend_frequency_correlation).not.toBeNull();
	});
});
