import { z } from 'zod/v4';

import { earningRule, exclusions } from './earningRule';
import { currencyCode, decimal, identifier, label, timeZone, wholeNumber } from './fields';
import { tiers } from './tiers';

/**
 * The rules of a loyalty programme, as one JSON document. Every field has the default that most shops want, so an
 * empty object (plus currency and time zone) is a working programme: 1 point per 1 currency unit, spendable after the
 * return window, expiring after a year.
 *
 * Decimals (rates, multipliers, amounts of money) are text such as "1.5", never binary floats (rule 4).
 */
export const programSchema = z.object({
	name: label.default('Loyalty programme'),
	/** What thresholds and rates are stated in; orders in other currencies need a rate. */
	currency: currencyCode.default('EUR'),
	/** Price of one unit of a foreign currency in the programme's currency. */
	currencyRates: z
		.array(z.object({ currency: currencyCode, rate: decimal({ above: '0' }) }))
		.max(60)
		.default([]),
	timeZone: timeZone.default('Etc/UTC'),
	unit: z
		.object({ singular: label.default('point'), plural: label.default('points') })
		.prefault({}),
	/** Who a member is (rule 41). */
	identity: z.enum(['email', 'customerId']).default('email'),
	/** Rule 16. */
	joining: z
		.object({
			mode: z.enum(['firstOrder', 'onRequest']).default('firstOrder'),
			claimEarlierOrders: z.boolean().default(false),
		})
		.prefault({}),
	/** WooCommerce statuses that mean "paid" where no payment date is set (rule 17). */
	paidStatuses: z.array(identifier).max(50).default(['processing', 'completed']),
	/** What part of an order counts (rule 11); all four off is "earn on gross". */
	basis: z
		.object({
			excludeTax: z.boolean().default(true),
			excludeShipping: z.boolean().default(true),
			excludeGiftCardLines: z.boolean().default(true),
			excludePaidByCredit: z.boolean().default(true),
		})
		.prefault({}),
	earning: z
		.object({
			rounding: z.enum(['floor', 'halfUp', 'ceil']).default('floor'),
			rules: z
				.array(earningRule)
				.max(200)
				.default([
					earningRule.parse({ id: 'base', name: 'Points for every purchase', kind: 'perAmount' }),
				]),
			exclusions,
		})
		.prefault({}),
	/** When earned points may be spent (rule 18). */
	pending: z
		.object({
			mode: z.enum(['none', 'days', 'delivered']).default('days'),
			days: wholeNumber(0, 3650).default(14),
			clock: z.enum(['paid', 'created', 'fulfilled']).default('paid'),
			countsForTier: z.boolean().default(false),
		})
		.prefault({}),
	/** When unspent points lapse (rule 19). */
	expiry: z
		.object({
			mode: z.enum(['never', 'perLot', 'inactivity', 'calendarDay']).default('perLot'),
			months: wholeNumber(1, 600).default(12),
			day: z
				.string()
				.regex(
					/^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))$/,
					'must be month and day such as 12-31',
				)
				.default('12-31'),
			/**
			 * Set by publishing, not by the owner: since when expiry is at least this strict. No point lapses before one full
			 * period from this instant.
			 */
			since: z.string().max(40).nullable().default(null),
		})
		.prefault({}),
	/** What points are worth at the till (rule 27). */
	redemption: z
		.object({
			points: wholeNumber(1, 1_000_000_000).default(100),
			worth: decimal({ above: '0' }).default('1'),
			step: wholeNumber(1, 1_000_000_000).default(100),
			minimum: wholeNumber(1, 1_000_000_000).default(100),
			maxShareOfBasket: decimal({ above: '0', atMost: '100' }).default('50'),
		})
		.prefault({}),
	/** What a refund does when the points are already spent (rule 23). */
	refunds: z
		.object({ whenSpent: z.enum(['negative', 'available', 'pendingOnly']).default('negative') })
		.prefault({}),
	tiers,
});

/** A valid programme document with every default filled in. */
export type Program = z.output<typeof programSchema>;

/** What an owner may leave out. */
export type ProgramDraft = z.input<typeof programSchema>;

/** A programme as it was published: documents never change, corrections are new versions. */
export interface PublishedProgram {
	readonly version: number;
	readonly publishedAt: string;
	readonly program: Program;
}
