/** How far a customer has come with the shop, lowest first. */
export const LADDER_RUNGS = [
	'first visit',
	'one-time',
	'returned',
	'returning',
	'loyal',
	'advocate',
] as const;

export type LadderRung = (typeof LADDER_RUNGS)[number];

export interface LadderSettings {
	/** A single order up to so many days old is a first visit: the time to come back is not over yet. */
	readonly firstVisitDays: number;
	/** Days with an order from which a customer is loyal; at least 3. */
	readonly loyalFrom: number;
}

/** What the ladder looks at. */
export interface LadderCustomer {
	/** Days with an order. */
	readonly transactions: number;
	readonly daysSinceLast: number;
	/** Friends brought to the shop, 0 when not known. */
	readonly referrals: number;
}

/**
 * The rung of a customer: one order is a *first visit* while fresh and *one-time* after that, the second
 * makes *returned*, more make *returning*, `loyalFrom` makes *loyal*, and a customer who came back and has
 * brought a friend is an *advocate*.
 *
 * Nobody climbs down: the ladder tells what was reached, churn risk tells whether it is being lost.
 */
export function ladderRung(customer: LadderCustomer, settings: LadderSettings): LadderRung {
	if (customer.transactions >= 2 && customer.referrals > 0) return 'advocate';
	if (customer.transactions >= Math.max(3, settings.loyalFrom)) return 'loyal';
	if (customer.transactions > 2) return 'returning';
	if (customer.transactions === 2) return 'returned';
	return customer.daysSinceLast <= settings.firstVisitDays ? 'first visit' : 'one-time';
}
