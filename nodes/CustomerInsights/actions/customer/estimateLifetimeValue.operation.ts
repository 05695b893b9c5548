import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { vipGroup } from '../../../../engine/insight/segment';
import type { ValueCard, ValueReport } from '../../../../engine/insight/types';
import { estimateValue } from '../../../../engine/insight/value';
import { success } from '../../../../engine/result';
import { customerItems } from '../../customerItems';
import { hostPause } from '../../hostPause';
import { asOfDate, dateOrder, timeUnit } from '../../inputFields';
import { rounded } from '../../output';
import { optionsOf, readInput } from '../../readInput';
import { summaryItem } from '../../summaryItem';
import { shownFor, type Operation } from '../operation';

const SIMPLIFIED = [
	'customer',
	'email',
	'name',
	'lifetime_value',
	'is_high_value',
	'expected_orders',
	'expected_order_value',
	'orders',
	'total_spend',
	'last_order_date',
];

export const description: INodeProperties[] = shownFor(
	'customer',
	['estimateLifetimeValue'],
	[
		{
			displayName: 'Horizon in Days',
			name: 'horizonDays',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 365,
			description: 'Orders within so many days make up the value',
		},
	],
);

export const options: INodeProperties[] = shownFor(
	'customer',
	['estimateLifetimeValue'],
	[
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				asOfDate,
				dateOrder,
				{
					displayName: 'High Value Share',
					name: 'highValueShare',
					type: 'number',
					typeOptions: { minValue: 0.01, maxValue: 1, numberPrecision: 2 },
					default: 0.5,
					description:
						'Of high value are the fewest customers who together make this share of the expected value: 0.5 for half of it',
				},
				timeUnit,
				{
					displayName: 'Yearly Discount',
					name: 'yearlyDiscount',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
					default: 0.1,
					description: 'How much less revenue in a year is worth than today: 0.1 for 10 %',
				},
			],
		},
	],
);

export const execute: Operation = async (context) => {
	const read = readInput(context);
	if (!read.ok) return read;
	const input = read.value;
	const chosen = optionsOf(context);
	const estimated = await estimateValue(input.summaries, {
		horizonDays: context.getNodeParameter('horizonDays', 0, 365) as number,
		yearlyDiscount: (chosen.yearlyDiscount as number | undefined) ?? 0.1,
		pause: hostPause(context),
	});
	if (!estimated.ok) {
		if (input.summaries.count > 0) return estimated;
		return success({
			items: [],
			summary: summaryItem(context, input, 'Estimate Lifetime Value', {}, []),
		});
	}
	const report = estimated.value;
	const high = vipGroup(report.value, (chosen.highValueShare as number | undefined) ?? 0.5);
	return success({
		items: customerItems(context, input, {
			simplified: SIMPLIFIED,
			importance: report.value,
			json: (row) => ({ ...valueJson(report, row), is_high_value: high.isVip[row] }),
		}),
		summary: summaryItem(
			context,
			input,
			'Estimate Lifetime Value',
			{
				...cardJson(report.card),
				high_value_customers: high.count,
				high_value_from: rounded(high.fromSpend, 2),
			},
			report.card.warnings,
		),
	});
};

function valueJson(report: ValueReport, row: number): IDataObject {
	return {
		lifetime_value: rounded(report.value[row], 2),
		expected_orders: rounded(report.expectedOrders[row], 3),
		expected_order_value: rounded(report.expectedSpend[row], 2),
		horizon_days: report.card.horizonDays,
	};
}

function cardJson(card: ValueCard): IDataObject {
	return {
		summary: card.summary,
		total_lifetime_value: rounded(card.totalValue, 2),
		total_expected_orders: rounded(card.totalExpectedOrders, 1),
		top_tenth_share: rounded(card.topTenthShare, 4),
		horizon_days: card.horizonDays,
		yearly_discount: card.yearlyDiscount,
		spend_model: card.spendModel,
		spend_model_label: card.spendModelLabel,
		order_model: card.orderModel,
		fallback_reason: card.fallbackReason,
		spend_customers: card.spendCustomers,
		spend_frequency_correlation: rounded(card.correlation, 4),
		spend_frequency_rank_correlation: rounded(card.rankCorrelation, 4),
		spend_independent_of_frequency: card.independent,
		spend_p: rounded(card.p, 9),
		spend_q: rounded(card.q, 9),
		spend_gamma: rounded(card.gamma, 9),
		spend_log_likelihood: rounded(card.spendLogLikelihood, 6),
		model_r: rounded(card.model.r, 9),
		model_alpha: rounded(card.model.alpha, 9),
		model_a: rounded(card.model.a, 9),
		model_b: rounded(card.model.b, 9),
		model_log_likelihood: rounded(card.model.logLikelihood, 6),
	};
}
