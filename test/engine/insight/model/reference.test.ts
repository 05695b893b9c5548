import {
	expectedPurchases,
	expectedSpend,
	fitGammaGamma,
	fitPurchaseModel,
	logLikelihoodOf,
	mergeRows,
	probabilityActive,
	probabilityAlive,
	type PurchaseModelName,
	type PurchaseParameters,
	type SpendParameters,
} from '../../../../engine/insight/model';
import { runAtOnce } from '../../../../engine/insight/pause';
import { discountedExpectation } from '../../../../engine/insight/value/discounted-value';
import { describeWithShared, type CsvRow } from '../../../support/shared-data.cjs';
import { cdnowColumns } from './cdnow';

const WEEKS_A_MONTH = 4.345;

/** How far off, as a share of what is allowed: 1e-9 relative, 1e-12 absolute near 0. */
function excess(actual: number, expected: string): number {
	const wanted = Number(expected);
	return Math.abs(actual - wanted) / Math.max(1e-9 * Math.abs(wanted), 1e-12);
}

describeWithShared('churn/reference-bgnbd-hard-params.csv', 'at the poles', (rows) => {
	it.each(rows)('r $r alpha $alpha a $a b $b, x $x T $T agrees with 40-digit arithmetic', (row) => {
		const [r, alpha, a, b, x, tx, T, t] = [
			row.r,
			row.alpha,
			row.a,
			row.b,
			row.x,
			row.t_x,
			row.T,
			row.t,
		].map(Number);
		const parameters = { r, alpha, a, b };
		expect(excess(probabilityAlive('bgnbd', parameters, x, tx, T), row.p_alive)).toBeLessThan(1);
		expect(
			excess(expectedPurchases('bgnbd', parameters, x, tx, T, t), row.expected_purchases_t),
		).toBeLessThan(1);
		expect(
			excess(probabilityActive('bgnbd', parameters, x, tx, T, t), row.p_active_t),
		).toBeLessThan(1);
	});
});

describeWithShared('churn/reference-cdnow.csv', 'CDNOW customers and edge cases', (allRows) => {
	const rows = allRows.filter((row) => row.model !== 'pnbd');

	it('there are 118 rows a model', () => {
		expect(rows.filter((row) => row.model === 'bgnbd')).toHaveLength(118);
		expect(rows.filter((row) => row.model === 'mbgnbd')).toHaveLength(118);
	});

	for (const parameterSet of ['published', 'mle']) {
		for (const model of ['bgnbd', 'mbgnbd'] as const) {
			it(`${model} with ${parameterSet} parameters agrees with 40-digit arithmetic`, () => {
				const parameters = purchaseParameters(parameterSet, model);
				const spend = spendParameters(parameterSet);
				const mine = rows.filter((row) => row.param_set === parameterSet && row.model === model);
				const off = mine.flatMap((row) =>
					Object.entries(quantities(row, model, parameters, spend))
						.filter(([column, value]) => !(excess(value, row[column]) < 1))
						.map(([column, value]) => `${row.case} ${row.customer_id} ${column}: ${value}`),
				);
				expect(off).toEqual([]);
				expect(mine).toHaveLength(59);
			});
		}
	}
});

function quantities(
	row: CsvRow,
	model: PurchaseModelName,
	parameters: PurchaseParameters,
	spend: SpendParameters,
): Record<string, number> {
	const [x, tx, T, mean] = [row.x, row.t_x, row.T, row.m_x].map(Number);
	const expectedUntil = (time: number) => expectedPurchases(model, parameters, x, tx, T, time);
	const result: Record<string, number> = {
		p_alive: probabilityAlive(model, parameters, x, tx, T),
		log_likelihood: logLikelihoodOf(model, parameters, x, tx, T),
	};
	for (const weeks of [13, 26, 39]) {
		result[`expected_purchases_${weeks}`] = expectedUntil(weeks);
		result[`p_active_${weeks}`] = probabilityActive(model, parameters, x, tx, T, weeks);
	}
	// One row of the reference has repeat purchases without spend; there is nothing to compare there.
	if (x > 0 && mean === 0) return result;
	result.expected_avg_spend = expectedSpend(spend, x, mean);
	result.clv_12m_lifetimes =
		result.expected_avg_spend * discountedExpectation(expectedUntil, WEEKS_A_MONTH, 12, 0.01);
	return result;
}

function purchaseParameters(set: string, model: PurchaseModelName): PurchaseParameters {
	if (set === 'mle')
		return runAtOnce(fitPurchaseModel(model, runAtOnce(mergeRows(cdnowColumns()))));
	return model === 'bgnbd'
		? { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
		: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
}

function spendParameters(set: string): SpendParameters {
	if (set !== 'mle') return { p: 6.25, q: 3.74, gamma: 15.44 };
	const { x, mean } = cdnowColumns();
	return runAtOnce(fitGammaGamma(x, mean)) as SpendParameters;
}
