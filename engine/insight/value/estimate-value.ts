import { refusal, success, type Result } from '../../result';
import { fitPurchaseModels, fitWarning, leadingFit, purchaseModelCard } from '../churn';
import { aliveOf, expectedOf, expectedWhenAlive, timesAlive } from '../model';
import { runWithPauses, type Pause, type Steps } from '../pause';
import type { CustomerSummaries, ValueCard, ValueReport } from '../types';
import { discountedExpectation } from './discounted-value';
import { spendModelOf, type SpendModel } from './spend-model';

const DAYS_A_MONTH = 365.25 / 12;

/** How lifetime value is estimated. */
export interface ValueOptions {
	/** Days over which orders count; 365 when not given. */
	readonly horizonDays?: number;
	/** Yearly discount rate, 0.1 (10 %) when not given. */
	readonly yearlyDiscount?: number;
	readonly pause?: Pause;
}

/**
 * Expected revenue of every customer within the horizon, discounted month by month to the as-of day: expected orders of
 * the purchase model × expected spend of Gamma-Gamma (Fader & Hardie 2013), in the shop's currency. The card says which
 * models, whether the assumption of Gamma-Gamma holds, and what was used where a model could not be.
 *
 * Refused are options out of range, too few repeat customers for any purchase model, and cancelled work (`cancelled`).
 */
export async function estimateValue(
	summaries: CustomerSummaries,
	options: ValueOptions = {},
): Promise<Result<ValueReport>> {
	const horizonDays = options.horizonDays ?? 365;
	const yearlyDiscount = options.yearlyDiscount ?? 0.1;
	if (!(horizonDays > 0 && Number.isFinite(horizonDays))) {
		return refusal(
			'bad_horizon',
			`A horizon of ${horizonDays} days makes no sense. Give a number of days above 0.`,
		);
	}
	if (!(yearlyDiscount >= 0 && Number.isFinite(yearlyDiscount))) {
		return refusal(
			'bad_discount',
			`A yearly discount rate of ${yearlyDiscount} makes no sense. Give 0.1 for 10 %.`,
		);
	}
	if (summaries.count === 0) {
		return refusal('no_customers', 'No order counts, so there is no customer to value.');
	}
	const report = await runWithPauses(
		estimate(summaries, horizonDays, yearlyDiscount),
		options.pause,
	);
	return report ?? refusal('cancelled', 'The estimate was cancelled before it was done.');
}

function* estimate(
	summaries: CustomerSummaries,
	horizonDays: number,
	yearlyDiscount: number,
): Steps<Result<ValueReport>> {
	const fits = yield* fitPurchaseModels(summaries, false);
	const fit = leadingFit(fits);
	const trouble = fitWarning(fits.trouble, summaries);
	if (fit === null) {
		return refusal(
			fits.trouble === 'tooFewCustomers' ? 'too_few_customers' : 'not_converged',
			trouble?.message ?? 'No purchase model fits this history.',
		);
	}
	const spend = yield* spendModelOf(summaries);
	const { unitDays, count } = summaries;
	const pAlive = yield* aliveOf(fit.model, fit, summaries);
	const expectedOrders = yield* expectedOf(
		fit.model,
		fit,
		summaries,
		pAlive,
		horizonDays / unitDays,
	);
	const monthlyDiscount = (1 + yearlyDiscount) ** (1 / 12) - 1;
	const discountedOrders = yield* timesAlive(summaries, pAlive, (x, T) =>
		discountedExpectation(
			(time) => expectedWhenAlive(fit.model, fit, time)(x, T),
			DAYS_A_MONTH / unitDays,
			horizonDays / DAYS_A_MONTH,
			monthlyDiscount,
		),
	);
	const expectedSpend = new Float64Array(count);
	const value = new Float64Array(count);
	for (let i = 0; i < count; i++) {
		expectedSpend[i] = spend.expected(i);
		value[i] = discountedOrders[i] * expectedSpend[i];
	}
	yield;
	const warnings = [...(trouble === null ? [] : [trouble]), ...spend.warnings];
	const card: Omit<ValueCard, 'summary'> = {
		spendModel: spend.name,
		spendModelLabel:
			spend.name === 'gammaGamma'
				? 'the Gamma-Gamma spend model'
				: "each repeat customer's own mean spend, the shop's mean for the others",
		orderModel: fit.model,
		fallbackReason: [trouble?.message, spend.fallbackReason].filter(Boolean).join(' ') || null,
		customers: count,
		spendCustomers: spend.spendCustomers,
		horizonDays,
		yearlyDiscount,
		p: spend.fit?.p ?? NaN,
		q: spend.fit?.q ?? NaN,
		gamma: spend.fit?.gamma ?? NaN,
		spendLogLikelihood: spend.fit?.logLikelihood ?? NaN,
		correlation: spend.correlation,
		rankCorrelation: spend.rankCorrelation,
		independent: spend.independent,
		totalValue: sum(value),
		totalExpectedOrders: sum(expectedOrders),
		topTenthShare: topTenthShareOf(value),
		model: purchaseModelCard(fit),
		warnings,
	};
	return success({
		count,
		expectedOrders,
		expectedSpend,
		value,
		card: { ...card, summary: summaryOf(card, spend) },
	});
}

function sum(column: Float64Array): number {
	return column.reduce((total, amount) => total + amount, 0);
}

function topTenthShareOf(value: Float64Array): number {
	const total = sum(value);
	if (!(total > 0)) return NaN;
	const top = value
		.slice()
		.sort()
		.subarray(value.length - Math.ceil(value.length / 10));
	return sum(top) / total;
}

function summaryOf(card: Omit<ValueCard, 'summary'>, spend: SpendModel): string {
	const total = `${card.customers} customers are expected to order ${card.totalExpectedOrders.toFixed(0)} times within ${card.horizonDays} days, worth ${card.totalValue.toFixed(2)} today at ${(card.yearlyDiscount * 100).toFixed(0)} % a year.`;
	const top = Number.isNaN(card.topTenthShare)
		? ''
		: ` The top tenth holds ${(card.topTenthShare * 100).toFixed(0)} % of it.`;
	const why = card.fallbackReason === null ? '' : ` ${card.fallbackReason}`;
	const assumption = spend.independent
		? ''
		: ' Spend depends on how often somebody buys, which the model does not allow for.';
	return total + top + why + assumption;
}
