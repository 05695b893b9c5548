/**
 * The data that the insight operations pass to each other.
 *
 * Everything about customers is columnar: one typed array a quantity, one row a customer, the same row number in
 * every column of every report made from the same summaries. `NaN` in a column means "not known", never 0.
 */

/** One line of an order: what was bought. */
export interface OrderLine {
	/** The product: its id, SKU or name, the same in every order. */
	readonly product: string;
	readonly name?: string;
	readonly category?: string;
	readonly quantity?: number;
	/** In the currency of the order, a decimal number or text. */
	readonly amount?: number | string;
}

/** One order as a shop or spreadsheet reports it. */
export interface Order {
	/** Order number or id. When given, the same id seen again counts once. */
	readonly id?: string;
	/** Customer id or e-mail address. E-mail addresses are compared without regard to case. */
	readonly customer: string;
	/**
	 * When it was placed: ISO 8601 text (text without an offset is local time of the shop's zone, a date alone is that
	 * calendar day) or milliseconds since 1970 UTC.
	 */
	readonly date: string | number;
	/** What the customer paid, in the shop's currency: a number, or text such as `49.90`. */
	readonly amount: number | string;
	/** Part of the amount that was paid back; all of it means that the order does not count. */
	readonly refunded?: number | string;
	readonly cancelled?: boolean;
	readonly test?: boolean;
	readonly lines?: readonly OrderLine[];
}

/** How many orders were left out or changed, by cause. The causes are disjoint: an order counts under the first that applies. */
export interface Exclusions {
	/** Marked as a test. */
	readonly test: number;
	/** Cancelled or voided before it was fulfilled. */
	readonly cancelled: number;
	/** No customer id or e-mail address. */
	readonly withoutCustomer: number;
	/** A date that cannot be read. */
	readonly unreadableDate: number;
	/** An amount, or refunded amount, that cannot be read. */
	readonly unreadableAmount: number;
	/** Amount below 0: a credit note or correction. */
	readonly negative: number;
	/** Paid back in full. */
	readonly refunded: number;
	/** Placed after the as-of day. */
	readonly afterAsOf: number;
	/** The same order id once more. */
	readonly duplicate: number;
}

/** What became of the orders given. */
export interface OrderTally {
	/** Orders given. */
	readonly given: number;
	/** Orders that count. */
	readonly counted: number;
	/** Days with at least one order, summed over customers: same-day orders are one transaction. */
	readonly transactions: number;
	/** Counted with the amount reduced by a partial refund. */
	readonly partlyRefunded: number;
	/** Counted although the amount is 0. */
	readonly free: number;
	readonly excluded: Exclusions;
}

/**
 * Every transaction of every customer, in the order of the days: customer `i` owns the entries
 * `start[i]` to `start[i + 1] - 1` of `day` and `amount`.
 */
export interface TransactionHistory {
	readonly start: Int32Array;
	/** Civil day: days since 1970-01-01 on the shop's calendar. */
	readonly day: Int32Array;
	/** Spend of the day, in the shop's currency, refunds taken off. */
	readonly amount: Float64Array;
}

/** What is known of each customer on the as-of day. */
export interface CustomerSummaries {
	readonly count: number;
	/** Customer id or e-mail address of each row, in the order in which they first appear. */
	readonly customer: readonly string[];
	/** x: repeat transactions, that is transactions after the first. */
	readonly x: Float64Array;
	/** t_x: time from the first transaction to the last, in time units; 0 when x is 0. */
	readonly tx: Float64Array;
	/** T: time from the first transaction to the as-of day, in time units. */
	readonly T: Float64Array;
	/** Mean spend of the repeat transactions (the first one left out), in the shop's currency; 0 when x is 0. */
	readonly repeatMean: Float64Array;
	/** Spend over all transactions. */
	readonly spend: Float64Array;
	/** Orders that count (several of one day counted each). */
	readonly orders: Int32Array;
	/** Civil day (days since 1970-01-01) of the first and the last transaction. */
	readonly firstDay: Int32Array;
	readonly lastDay: Int32Array;
	/** The as-of day as a civil day; the day itself is the last that counts. */
	readonly asOfDay: number;
	/** Days in one time unit: 7 means that tx and T are weeks. */
	readonly unitDays: number;
	/** All transactions, or null where the input was already one row a customer. */
	readonly history: TransactionHistory | null;
	/** Row of the customer of each order given, −1 where it does not count; null where not made from orders. */
	readonly rowOfOrder: Int32Array | null;
	readonly tally: OrderTally;
}

/** Named ways to score churn risk. */
export type ScorerName =
	| 'combination'
	| 'mbgnbd'
	| 'bgnbd'
	| 'nbd'
	| 'rhythm'
	| 'recency'
	| 'rfm'
	/** Too little is known for a probability: only levels, from silence against the customer's own rhythm. */
	| 'rhythmLevels';

/** Something the shop owner should know before acting on a report. `code` is stable, `message` a sentence. */
export interface Warning {
	readonly code: string;
	readonly message: string;
}

/** How good a scorer was on customers and weeks that it had not seen. */
export interface ScorerCheck {
	readonly scorer: ScorerName;
	/** Probability that a customer who did not return was given a higher risk than one who did: 0.5 is a coin, 1 perfect. */
	readonly auc: number;
	/** Mean squared difference between the risk and what happened (0 or 1); lower is better. */
	readonly brier: number;
	/** AUC among customers with at least one repeat transaction; NaN when it cannot be said. */
	readonly aucRepeat: number;
}

/** The inner check: scored as of earlier days, judged by what happened from then on. */
export interface InnerCheck {
	/** The latest of these days, as a civil day. */
	readonly cutDay: number;
	/** How many days there were, a horizon apart. */
	readonly cuts: number;
	/** Days after each of them on which the scorers were judged. */
	readonly horizonDays: number;
	/** Customers judged, summed over the days, and how many of them bought in that time. */
	readonly customers: number;
	readonly buyers: number;
	/** Every scorer that could be tried, best first. */
	readonly scorers: readonly ScorerCheck[];
}

/** Parameters of a fitted purchase model, in the time unit of the summaries. */
export interface PurchaseModelCard {
	readonly model: 'mbgnbd' | 'bgnbd' | 'nbd';
	/** r and alpha of the buying rate; a and b of the chance to leave (NaN for nbd). */
	readonly r: number;
	readonly alpha: number;
	readonly a: number;
	readonly b: number;
	readonly logLikelihood: number;
	readonly iterations: number;
}

/** What was used, how good it is, on how many, and with what warning. */
export interface ModelCard {
	readonly used: ScorerName;
	/** The scorer in words for a shop owner. */
	readonly usedLabel: string;
	/** Set when the intended models could not be used: why, in one sentence. */
	readonly fallbackReason: string | null;
	readonly customers: number;
	readonly repeatCustomers: number;
	readonly horizonDays: number;
	/** AUC and Brier score of the scorer used, on the inner check; NaN when there was none. */
	readonly auc: number;
	readonly brier: number;
	/** The same for "days since the last order" alone. */
	readonly baselineAuc: number;
	readonly baselineBrier: number;
	readonly check: InnerCheck | null;
	readonly model: PurchaseModelCard | null;
	readonly warnings: readonly Warning[];
	/** All of the above in two or three sentences. */
	readonly summary: string;
}

export type RiskLevel = 'low' | 'medium' | 'high' | 'unknown';

/** Churn risk of every customer; row i belongs to row i of the summaries. */
export interface ChurnReport {
	readonly count: number;
	/** 1 − P(at least one order within the horizon), 0 to 1; NaN when too little is known. */
	readonly risk: Float64Array;
	/** P(still a customer) of the fitted model; NaN when no model with leaving was usable. */
	readonly pAlive: Float64Array;
	/** Expected number of transactions within the horizon; NaN when no model was usable. */
	readonly expectedOrders: Float64Array;
	readonly daysSinceLast: Float64Array;
	/** The customer's own rhythm: median of the days between transactions; NaN with fewer than two transactions. */
	readonly rhythmDays: Float64Array;
	/** daysSinceLast / rhythmDays; NaN with fewer than two transactions. */
	readonly silenceRatio: Float64Array;
	/** Level of row i, from the cut-offs. */
	level(index: number): RiskLevel;
	/** Up to three reasons for row i, in plain words, the weightiest first. */
	reasons(index: number): readonly string[];
	readonly card: ModelCard;
}

/** How the spend of an order is expected. */
export type SpendModelName =
	/** Gamma-Gamma: between the customer's own mean and the shop's, by how much is known of the customer. */
	| 'gammaGamma'
	/** Own mean where there is one, the shop's mean elsewhere. */
	| 'ownMean';

/** What the value estimate rests on. */
export interface ValueCard {
	readonly spendModel: SpendModelName;
	readonly spendModelLabel: string;
	readonly orderModel: 'mbgnbd' | 'bgnbd' | 'nbd';
	readonly fallbackReason: string | null;
	readonly customers: number;
	/** Repeat customers with spend above 0, on whom the spend model was fitted. */
	readonly spendCustomers: number;
	readonly horizonDays: number;
	/** Yearly discount rate: 0.1 is 10 % a year. */
	readonly yearlyDiscount: number;
	/** p, q and gamma of Gamma-Gamma; gamma in the shop's currency. NaN when not used. */
	readonly p: number;
	readonly q: number;
	readonly gamma: number;
	readonly spendLogLikelihood: number;
	/** Pearson and Spearman correlation of the number of repeat transactions and their mean spend: the model assumes 0. */
	readonly correlation: number;
	readonly rankCorrelation: number;
	readonly independent: boolean;
	/** Sums over all customers. */
	readonly totalValue: number;
	readonly totalExpectedOrders: number;
	/** Share of the total value held by the tenth of customers with the highest value. */
	readonly topTenthShare: number;
	readonly model: PurchaseModelCard;
	readonly warnings: readonly Warning[];
	readonly summary: string;
}

/** Value of every customer over the horizon; row i belongs to row i of the summaries. */
export interface ValueReport {
	readonly count: number;
	/** Expected transactions within the horizon, not discounted. */
	readonly expectedOrders: Float64Array;
	/** Expected spend of one transaction, in the shop's currency. */
	readonly expectedSpend: Float64Array;
	/** Expected revenue within the horizon, discounted to the as-of day, in the shop's currency. */
	readonly value: Float64Array;
	readonly card: ValueCard;
}
