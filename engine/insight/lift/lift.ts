import type { CampaignGroup } from './holdout';
import { differenceOfMeans, differenceOfProportions, type Interval, type Sample } from './interval';
import { normalQuantile, type Confidence } from './quantile';

/** What one customer did while the campaign was measured. Customers who bought nothing count too. */
export interface CampaignCustomer {
	readonly group: CampaignGroup;
	/** Orders in the measured time, 0 or more. */
	readonly orders: number;
	/** Revenue of these orders, in the shop's currency. */
	readonly revenue: number;
}

export interface LiftSettings {
	readonly confidence: Confidence;
	/** Share of customers that was to be held out; when given, the sizes are checked against it. */
	readonly plannedHoldoutShare?: number;
}

/** What the customers of one group did on average. */
export interface GroupResult {
	readonly customers: number;
	readonly buyers: number;
	readonly repeatRate: number;
	readonly ordersPerCustomer: number;
	readonly revenuePerCustomer: number;
}

/** What can be said of a difference between the groups. */
export type LiftVerdict = 'higher' | 'lower' | 'no difference shown' | 'not enough data';

export interface LiftMeasure {
	readonly verdict: LiftVerdict;
	/** Treated minus holdout; null when there is not enough data. */
	readonly interval: Interval | null;
	/**
	 * The smallest true difference that groups like these show four times out of five; null when there
	 * is not enough data. A smaller effect may be there and stay unseen.
	 */
	readonly visibleFrom: number | null;
}

export interface LiftReport {
	readonly treated: GroupResult;
	readonly holdout: GroupResult;
	/** Share of customers with at least one order, as a difference between 0 and 1. */
	readonly repeatRate: LiftMeasure;
	readonly ordersPerCustomer: LiftMeasure;
	readonly revenuePerCustomer: LiftMeasure;
	readonly warnings: readonly string[];
}

/** Below this many customers in a group the intervals are no longer true to their confidence. */
export const MIN_CUSTOMERS_PER_GROUP = 50;
/** Below this many buyers in a group the mean of orders and revenue hangs on single orders. */
export const MIN_BUYERS_PER_GROUP = 10;
/** z for 80 % power, one-sided. */
const POWER_QUANTILE = 0.8416212335729143;
/** Chi-square with one degree of freedom, p = 0.001: sizes this far off are no accident. */
const UNEQUAL_SPLIT = 10.827566170662733;
/**
 * Skewness of the difference of means above which one side of Welch's interval fails clearly more
 * often than the other (first Edgeworth term above one percentage point at 95 %).
 */
const UNEVEN_SPEND = 0.12;
const NOT_ENOUGH: LiftMeasure = { verdict: 'not enough data', interval: null, visibleFrom: null };

/**
 * Compares customers who got a campaign with a random holdout: repeat rate (Newcombe), orders and
 * revenue per customer (Welch), each with its interval.
 *
 * Everybody counts in the group they were dealt, whether the campaign reached them or not; leaving
 * out those who did not open the mail would compare eager customers with all customers. With too few
 * customers or buyers in a group the verdict is "not enough data" and no difference is given.
 */
export function measureLift(
	customers: readonly CampaignCustomer[],
	settings: LiftSettings,
): LiftReport {
	const treated = new GroupSums();
	const holdout = new GroupSums();
	for (const customer of customers) {
		(customer.group === 'treated' ? treated : holdout).add(customer);
	}
	const warnings = splitWarnings(treated, holdout, settings.plannedHoldoutShare);
	const groups = { treated: treated.result(), holdout: holdout.result() };
	if (Math.min(treated.customers, holdout.customers) < MIN_CUSTOMERS_PER_GROUP) {
		warnings.push(
			`Not enough data: ${treated.customers} treated and ${holdout.customers} held-out customers. ` +
				`Each group needs at least ${MIN_CUSTOMERS_PER_GROUP}.`,
		);
		return {
			...groups,
			repeatRate: NOT_ENOUGH,
			ordersPerCustomer: NOT_ENOUGH,
			revenuePerCustomer: NOT_ENOUGH,
			warnings,
		};
	}
	const repeatRate = judge(
		differenceOfProportions(
			{ count: treated.buyers, of: treated.customers },
			{ count: holdout.buyers, of: holdout.customers },
			settings.confidence,
		),
		settings.confidence,
	);
	if (Math.min(treated.buyers, holdout.buyers) < MIN_BUYERS_PER_GROUP) {
		warnings.push(
			`Not enough data for orders and revenue: ${treated.buyers} treated and ${holdout.buyers} ` +
				`held-out customers bought. Each group needs at least ${MIN_BUYERS_PER_GROUP} buyers.`,
		);
		return {
			...groups,
			repeatRate,
			ordersPerCustomer: NOT_ENOUGH,
			revenuePerCustomer: NOT_ENOUGH,
			warnings,
		};
	}
	if (Math.abs(skewOfDifference(treated.revenue, holdout.revenue)) > UNEVEN_SPEND) {
		warnings.push(
			'A few very large orders make up much of the revenue, so the interval of revenue per customer ' +
				'is only rough. Trust repeat rate and orders more, or wait for more customers.',
		);
	}
	return {
		...groups,
		repeatRate,
		ordersPerCustomer: judge(
			differenceOfMeans(treated.orders.sample(), holdout.orders.sample(), settings.confidence),
			settings.confidence,
		),
		revenuePerCustomer: judge(
			differenceOfMeans(treated.revenue.sample(), holdout.revenue.sample(), settings.confidence),
			settings.confidence,
		),
		warnings,
	};
}

function judge(interval: Interval, confidence: Confidence): LiftMeasure {
	const z = normalQuantile(confidence);
	const standardError = (interval.high - interval.low) / (2 * z);
	const visibleFrom = (z + POWER_QUANTILE) * standardError;
	if (interval.low > 0) return { verdict: 'higher', interval, visibleFrom };
	if (interval.high < 0) return { verdict: 'lower', interval, visibleFrom };
	return { verdict: 'no difference shown', interval, visibleFrom };
}

function splitWarnings(
	treated: GroupSums,
	holdout: GroupSums,
	plannedShare: number | undefined,
): string[] {
	const all = treated.customers + holdout.customers;
	if (plannedShare === undefined || all === 0) return [];
	const expected = all * plannedShare;
	const chiSquare = (holdout.customers - expected) ** 2 / (expected * (1 - plannedShare));
	if (chiSquare <= UNEQUAL_SPLIT) return [];
	return [
		`${holdout.customers} of ${all} customers are held out where about ${Math.round(expected)} were ` +
			'planned. Chance does not do this: customers of one group are missing from the list, and ' +
			'the comparison is not to be trusted until that is found.',
	];
}

/** Third-moment skewness of the difference of two means, in units of its standard error. */
function skewOfDifference(treated: Moments, holdout: Moments): number {
	const squaredError =
		treated.secondCentral() / treated.size + holdout.secondCentral() / holdout.size;
	if (squaredError === 0) return 0;
	const third =
		treated.thirdCentral() / treated.size ** 2 - holdout.thirdCentral() / holdout.size ** 2;
	return third / squaredError ** 1.5;
}

class GroupSums {
	customers = 0;
	buyers = 0;
	readonly orders = new Moments();
	readonly revenue = new Moments();

	add(customer: CampaignCustomer): void {
		this.customers += 1;
		if (customer.orders > 0) this.buyers += 1;
		this.orders.add(customer.orders);
		this.revenue.add(customer.revenue);
	}

	result(): GroupResult {
		return {
			customers: this.customers,
			buyers: this.buyers,
			repeatRate: this.customers === 0 ? 0 : this.buyers / this.customers,
			ordersPerCustomer: this.orders.mean,
			revenuePerCustomer: this.revenue.mean,
		};
	}
}

/** Mean and central moments in one pass without cancellation (Welford; Terriberry for the third). */
class Moments {
	size = 0;
	mean = 0;
	private squares = 0;
	private cubes = 0;

	add(value: number): void {
		const before = this.size;
		this.size += 1;
		const delta = value - this.mean;
		const step = delta / this.size;
		const term = delta * step * before;
		this.mean += step;
		this.cubes += term * step * (this.size - 2) - 3 * step * this.squares;
		this.squares += term;
	}

	sample(): Sample {
		return { size: this.size, mean: this.mean, variance: this.squares / (this.size - 1) };
	}

	secondCentral(): number {
		return this.squares / this.size;
	}

	thirdCentral(): number {
		return this.cubes / this.size;
	}
}
