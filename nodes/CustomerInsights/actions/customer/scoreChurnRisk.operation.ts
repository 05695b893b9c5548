import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { scoreChurn } from '../../../../engine/insight/churn';
import { vipGroup } from '../../../../engine/insight/segment';
import type { ChurnReport, ModelCard, ScorerName } from '../../../../engine/insight/types';
import { success } from '../../../../engine/result';
import { customerItems } from '../../customerItems';
import { hostPause } from '../../hostPause';
import { asOfDate, dateOrder, timeUnit } from '../../inputFields';
import { rounded } from '../../output';
import { optionsOf, readInput } from '../../readInput';
import { summaryItem } from '../../summaryItem';
import { shownFor, type Operation } from '../operation';
import { vipShare } from './vipShare';

const SIMPLIFIED = [
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
];

export const description: INodeProperties[] = shownFor(
	'customer',
	['scoreChurnRisk'],
	[
		{
			displayName: 'Horizon in Days',
			name: 'horizonDays',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 90,
			description:
				'A customer who does not order within so many days counts as lost. Take about three times the usual time between orders.',
		},
	],
);

export const options: INodeProperties[] = shownFor(
	'customer',
	['scoreChurnRisk'],
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
					displayName: 'High Risk From',
					name: 'highFrom',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
					default: 0.8,
					description: 'A churn risk from this value on is high, between 0 and 1',
				},
				{
					displayName: 'Medium Risk From',
					name: 'mediumFrom',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
					default: 0.5,
					description: 'A churn risk from this value on is medium, between 0 and 1',
				},
				{
					displayName: 'Score With',
					name: 'scorer',
					type: 'options',
					options: [
						{ name: 'BG/NBD', value: 'bgnbd' },
						{ name: 'Combination Trained on This Shop', value: 'combination' },
						{ name: 'Days Since Last Order', value: 'recency' },
						{ name: 'MBG/NBD', value: 'mbgnbd' },
						{ name: 'Own Rhythm of the Customer', value: 'rhythm' },
						{ name: 'RFM Score', value: 'rfm' },
						{ name: 'The Best on the Inner Check', value: 'auto' },
					],
					default: 'auto',
					description:
						'How the risk is found. The best is chosen by scoring an earlier part of the history.',
				},
				timeUnit,
				vipShare,
			],
		},
	],
);

export const execute: Operation = async (context) => {
	const read = readInput(context);
	if (!read.ok) return read;
	const input = read.value;
	const chosen = optionsOf(context);
	const scored = await scoreChurn(input.summaries, {
		horizonDays: context.getNodeParameter('horizonDays', 0, 90) as number,
		cutoffs: {
			medium: (chosen.mediumFrom as number | undefined) ?? 0.5,
			high: (chosen.highFrom as number | undefined) ?? 0.8,
		},
		scorer: (chosen.scorer as ScorerName | 'auto' | undefined) ?? 'auto',
		pause: hostPause(context),
	});
	if (!scored.ok) {
		if (input.summaries.count > 0) return scored;
		return success({
			items: [],
			summary: summaryItem(context, input, 'Score Churn Risk', {}, []),
		});
	}
	const report = scored.value;
	const vip = vipGroup(input.summaries.spend, (chosen.vipShare as number | undefined) ?? 0.5);
	return success({
		items: customerItems(context, input, {
			simplified: SIMPLIFIED,
			importance: report.risk,
			json: (row) => ({ ...riskJson(report, row), is_vip: vip.isVip[row] }),
		}),
		summary: summaryItem(
			context,
			input,
			'Score Churn Risk',
			{ ...levelTotals(report), ...cardJson(report.card) },
			report.card.warnings,
		),
	});
};

function riskJson(report: ChurnReport, row: number): IDataObject {
	return {
		churn_risk: rounded(report.risk[row], 4),
		churn_risk_level: report.level(row),
		churn_reasons: report.reasons(row).join('; '),
		expected_orders: rounded(report.expectedOrders[row], 3),
		still_customer_probability: rounded(report.pAlive[row], 4),
		usual_days_between_orders: rounded(report.rhythmDays[row], 1),
		silence_against_usual: rounded(report.silenceRatio[row], 2),
		scored_by: report.card.used,
		horizon_days: report.card.horizonDays,
	};
}

function levelTotals(report: ChurnReport): IDataObject {
	const counts = { low: 0, medium: 0, high: 0, unknown: 0 };
	for (let row = 0; row < report.count; row++) counts[report.level(row)] += 1;
	return {
		customers_low_risk: counts.low,
		customers_medium_risk: counts.medium,
		customers_high_risk: counts.high,
		customers_unknown_risk: counts.unknown,
	};
}

/** The model card, flat: what was used, how good it is, on how many. */
function cardJson(card: ModelCard): IDataObject {
	return {
		summary: card.summary,
		scored_by: card.used,
		scored_by_label: card.usedLabel,
		fallback_reason: card.fallbackReason,
		horizon_days: card.horizonDays,
		repeat_customers: card.repeatCustomers,
		auc: rounded(card.auc, 4),
		brier: rounded(card.brier, 4),
		auc_days_since_last_order: rounded(card.baselineAuc, 4),
		brier_days_since_last_order: rounded(card.baselineBrier, 4),
		checked_customers: card.check?.customers ?? null,
		checked_buyers: card.check?.buyers ?? null,
		checked_scorers: (card.check?.scorers ?? []).map(({ scorer, auc, brier, aucRepeat }) => ({
			scorer,
			auc: rounded(auc, 4),
			brier: rounded(brier, 4),
			auc_repeat_customers: rounded(aucRepeat, 4),
		})),
		model: card.model?.model ?? null,
		model_r: rounded(card.model?.r ?? NaN, 9),
		model_alpha: rounded(card.model?.alpha ?? NaN, 9),
		model_a: rounded(card.model?.a ?? NaN, 9),
		model_b: rounded(card.model?.b ?? NaN, 9),
		model_log_likelihood: rounded(card.model?.logLikelihood ?? NaN, 6),
	};
}
