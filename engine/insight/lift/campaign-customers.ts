import { refusal, success, type Result } from '../../result';
import type { CustomerSummaries } from '../types';
import type { CampaignGroup } from './holdout';
import type { CampaignCustomer } from './lift';

export interface CampaignOutcome {
	readonly customers: readonly CampaignCustomer[];
	/** Customers whose first order is not before the campaign: nobody could have been dealt a group. */
	readonly tooNew: number;
	/** Customers from before the campaign without a group. */
	readonly withoutGroup: number;
}

/**
 * What the customers from before a campaign did from its first day until the as-of day.
 *
 * Who bought for the first time during the campaign is left out: the campaign may have brought them, and
 * then its groups would no longer be alike. Who bought nothing counts with 0 orders.
 *
 * @param groupOf group of a row of the summaries
 * @param startDay first day of the campaign, a civil day
 */
export function campaignCustomers(
	summaries: CustomerSummaries,
	groupOf: (row: number) => CampaignGroup | undefined,
	startDay: number,
): Result<CampaignOutcome> {
	const { history } = summaries;
	if (history === null) {
		return refusal(
			'lift.no_orders',
			'The single orders are needed to see what came after the start.',
		);
	}
	if (!(startDay <= summaries.asOfDay)) {
		return refusal(
			'lift.start',
			'The campaign starts after the as-of date, so there is nothing to measure yet.',
		);
	}
	const customers: CampaignCustomer[] = [];
	let tooNew = 0;
	let withoutGroup = 0;
	for (let row = 0; row < summaries.count; row++) {
		if (summaries.firstDay[row] >= startDay) {
			tooNew += 1;
			continue;
		}
		const group = groupOf(row);
		if (group === undefined) {
			withoutGroup += 1;
			continue;
		}
		let orders = 0;
		let revenue = 0;
		for (let at = history.start[row]; at < history.start[row + 1]; at++) {
			if (history.day[at] < startDay) continue;
			orders += 1;
			revenue += history.amount[at];
		}
		customers.push({ group, orders, revenue });
	}
	return success({ customers, tooNew, withoutGroup });
}
