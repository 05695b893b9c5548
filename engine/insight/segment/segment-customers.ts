import type { CustomerSummaries, Warning } from '../types';
import { cohortMonth, cohorts, type Cohort } from './cohort';
import { ladderRung, LADDER_RUNGS, type LadderRung, type LadderSettings } from './ladder';
import { scoreRfm, type RfmScores } from './rfm';
import { segmentName, SEGMENT_NAMES, type SegmentName } from './segment-name';
import { vipGroup, type VipGroup } from './vip';

export interface SegmentSettings extends LadderSettings {
	/** VIPs are the customers who make this share of the revenue, above 0 and at most 1. */
	readonly vipRevenueShare: number;
	/** Days within which a cohort's second orders are counted. */
	readonly returnWithinDays: number;
	/** Friends brought by each row; leave out when not known, and nobody is an advocate. */
	readonly referrals?: ArrayLike<number>;
}

/** How many customers and how much revenue a segment or rung holds. */
export interface GroupTotal<Name extends string> {
	readonly name: Name;
	readonly customers: number;
	/** Spend over all orders, in the shop's currency. */
	readonly revenue: number;
}

/** Segments of every customer; row i belongs to row i of the summaries. */
export interface SegmentReport {
	readonly count: number;
	readonly rfm: RfmScores;
	readonly vip: VipGroup;
	/** Totals of every segment and rung, empty ones included. */
	readonly segments: ReadonlyArray<GroupTotal<SegmentName>>;
	readonly rungs: ReadonlyArray<GroupTotal<LadderRung>>;
	readonly cohorts: readonly Cohort[];
	readonly warnings: readonly Warning[];
	segment(row: number): SegmentName;
	rung(row: number): LadderRung;
	/** Month of the first order, `2026-01`. */
	cohort(row: number): string;
}

/** With fewer customers a fifth is a handful of people and moves with every order. */
const FEW_CUSTOMERS = 25;

/** RFM scores and segments, the loyalty ladder, VIPs and cohorts of a shop's customers on the as-of day. */
export function segmentCustomers(
	summaries: CustomerSummaries,
	settings: SegmentSettings,
): SegmentReport {
	const rfm = scoreRfm(summaries);
	const vip = vipGroup(summaries.spend, settings.vipRevenueShare);
	const segment = (row: number): SegmentName => segmentName(rfm.recency[row], rfm.frequency[row]);
	const rung = (row: number): LadderRung =>
		ladderRung(
			{
				transactions: summaries.x[row] + 1,
				daysSinceLast: summaries.asOfDay - summaries.lastDay[row],
				referrals: settings.referrals?.[row] ?? 0,
			},
			settings,
		);
	return {
		count: summaries.count,
		rfm,
		vip,
		segments: totals(SEGMENT_NAMES, segment, summaries),
		rungs: totals(LADDER_RUNGS, rung, summaries),
		cohorts: cohorts(summaries, settings.returnWithinDays),
		warnings: warningsOf(summaries, vip),
		segment,
		rung,
		cohort: (row) => cohortMonth(summaries.firstDay[row]),
	};
}

function totals<Name extends string>(
	names: readonly Name[],
	nameOf: (row: number) => Name,
	summaries: CustomerSummaries,
): Array<GroupTotal<Name>> {
	const sums = new Map(names.map((name) => [name, { customers: 0, revenue: 0 }]));
	for (let row = 0; row < summaries.count; row++) {
		const sum = sums.get(nameOf(row));
		if (sum === undefined) continue;
		sum.customers += 1;
		sum.revenue += summaries.spend[row];
	}
	return [...sums].map(([name, sum]) => ({ name, ...sum }));
}

function warningsOf(summaries: CustomerSummaries, vip: VipGroup): Warning[] {
	const warnings: Warning[] = [];
	if (summaries.count < FEW_CUSTOMERS) {
		warnings.push({
			code: 'few_customers',
			message:
				`Only ${summaries.count} customers: a fifth of them is a handful of people, so segments move ` +
				`with every order. They become useful from about ${FEW_CUSTOMERS} customers on.`,
		});
	}
	if (vip.count > summaries.count / 2) {
		warnings.push({
			code: 'even_spend',
			message:
				`${vip.count} of ${summaries.count} customers are needed to make the VIP share of the revenue: ` +
				'spend is so even that no small group stands out. Lower the share, or do without VIPs.',
		});
	}
	return warnings;
}
