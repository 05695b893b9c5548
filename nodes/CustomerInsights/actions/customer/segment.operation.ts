import type { IDataObject, INodeProperties } from 'n8n-workflow';
import {
	Preferences,
	segmentAdvice,
	segmentCustomers,
	type PurchasedLines,
	type SegmentReport,
} from '../../../../engine/insight/segment';
import { success } from '../../../../engine/result';
import { customerItems } from '../../customerItems';
import { asOfDate, dateOrder } from '../../inputFields';
import { rounded } from '../../output';
import { optionsOf, readInput, type InsightInput } from '../../readInput';
import { summaryItem } from '../../summaryItem';
import { shownFor, type Operation } from '../operation';
import { vipShare } from './vipShare';

const SIMPLIFIED = [
	'customer',
	'email',
	'name',
	'segment',
	'suggested_action',
	'loyalty_rung',
	'is_vip',
	'rfm_score',
	'cohort',
	'preferred_categories',
];
const MOST_PREFERENCES = 3;

export const description: INodeProperties[] = [];

export const options: INodeProperties[] = shownFor(
	'customer',
	['segment'],
	[
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				asOfDate,
				{
					displayName: 'Cohort Return Days',
					name: 'returnWithinDays',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 90,
					description:
						'Cohorts are compared by who came back within so many days of the first order',
				},
				dateOrder,
				{
					displayName: 'First Visit Days',
					name: 'firstVisitDays',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 30,
					description: 'A single order is a first visit for so many days, and one-time after that',
				},
				{
					displayName: 'Loyal From Orders',
					name: 'loyalFrom',
					type: 'number',
					typeOptions: { minValue: 3 },
					default: 5,
					description: 'Number of days with an order from which a customer is loyal',
				},
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
	const report = segmentCustomers(input.summaries, {
		firstVisitDays: (chosen.firstVisitDays as number | undefined) ?? 30,
		loyalFrom: (chosen.loyalFrom as number | undefined) ?? 5,
		vipRevenueShare: (chosen.vipShare as number | undefined) ?? 0.5,
		returnWithinDays: (chosen.returnWithinDays as number | undefined) ?? 90,
		referrals: input.referrals ?? undefined,
	});
	const preferences = new Preferences(purchasedLines(input));
	return success({
		items: customerItems(context, input, {
			simplified: SIMPLIFIED,
			json: (row) => ({
				...segmentJson(report, row),
				preferred_categories: preferences.categories(row, MOST_PREFERENCES).join(', '),
				preferred_products: preferences.products(row, MOST_PREFERENCES).join(', '),
			}),
		}),
		summary: summaryItem(context, input, 'Segment', totalsJson(report), report.warnings),
	});
};

/** Lines of the orders that count; they come in the order of the input. */
function* purchasedLines({ orders, summaries }: InsightInput): Generator<PurchasedLines> {
	if (orders === null || summaries.rowOfOrder === null) return;
	for (let place = 0; place < orders.orders.length; place++) {
		const row = summaries.rowOfOrder[place];
		if (row >= 0) yield { row, lines: orders.orders[place].lines ?? [] };
	}
}

function segmentJson(report: SegmentReport, row: number): IDataObject {
	const { recency, frequency, monetary } = report.rfm;
	const segment = report.segment(row);
	return {
		segment,
		suggested_action: segmentAdvice(segment),
		loyalty_rung: report.rung(row),
		is_vip: report.vip.isVip[row],
		rfm_score: `${recency[row]}${frequency[row]}${monetary[row]}`,
		recency_score: recency[row],
		frequency_score: frequency[row],
		monetary_score: monetary[row],
		cohort: report.cohort(row),
	};
}

function totalsJson(report: SegmentReport): IDataObject {
	return {
		vip_customers: report.vip.count,
		vip_from_spend: rounded(report.vip.fromSpend, 2),
		vip_revenue_share: rounded(report.vip.revenueShare, 4),
		segments: report.segments.map(({ name, customers, revenue }) => ({
			segment: name,
			customers,
			revenue: rounded(revenue, 2),
			suggested_action: segmentAdvice(name),
		})),
		loyalty_ladder: report.rungs.map(({ name, customers, revenue }) => ({
			rung: name,
			customers,
			revenue: rounded(revenue, 2),
		})),
		cohorts: report.cohorts.map(({ month, customers, returned, returnedWithin, revenue }) => ({
			cohort: month,
			customers,
			returned,
			returned_in_time: returnedWithin,
			revenue: rounded(revenue, 2),
		})),
	};
}
