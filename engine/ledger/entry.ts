import type { Consent, RefundLine } from '../event';

/**
 * One row of the ledger. Rows are only ever appended; a second row with a known `key` counts for nothing (rule 6).
 *
 * `points` is what the row was decided to move when it was written. What a refund really takes follows from the facts of
 * the order and of all its refunds, whichever came first, and is worked out by `replay`: so the state never depends on
 * the order of arrival (rule 25).
 */
export interface Entry<Kind extends EntryKind = EntryKind> {
	readonly key: string;
	readonly kind: Kind;
	/** Empty while nobody knows whose it is: a refund that came before its order. It counts from where it is adopted. */
	readonly member: string;
	/** `<store>:<order id>`, or null. */
	readonly order: string | null;
	/** Points, positive for the member. */
	readonly points: number;
	/** When it became true, not when it was heard of. */
	readonly occurredAt: string;
	readonly programVersion: number;
	/** One sentence for the owner who reads the table. */
	readonly summary: string;
	readonly facts: FactsByKind[Kind];
}

/** An entry of any kind, discriminated by `kind`. */
export type AnyEntry = { [Kind in EntryKind]: Entry<Kind> }[EntryKind];

/** An entry as the ledger holds it. `seq` is the row's id: rows are replayed in its order. */
export type Row = AnyEntry & {
	readonly seq: number;
	/** The delivery that wrote it: tells a run whether its own row or somebody else's came first. */
	readonly writer: string;
};

export type EntryKind = keyof FactsByKind;

export interface FactsByKind {
	/** A paid order, also one that earned nothing: it counts for tiers and the order number. */
	earn: EarnFacts;
	refund: RefundFacts;
	cancel: ReversalNote & { readonly reason: string | null };
	/** The order was delivered: points that wait for it start their clock. */
	fulfil: { readonly availableAt: string };
	join: { readonly profile: Profile; readonly via: string };
	award: CreditFacts & { readonly reason: string };
	adjust: CreditFacts & { readonly reason: string; readonly author: string };
	tierBonus: CreditFacts & { readonly tier: string };
	redeem: RedeemFacts;
	/** Takes back what one delivery wrote under a key, and only that: another one's row of the same key stands. */
	void: { readonly voided: string; readonly writer: string; readonly reason: string };
	expire: { readonly lot: string };
}

/** What a member is called; the newest known value of each field counts. */
export interface Profile {
	readonly email: string | null;
	readonly phone: string | null;
	readonly firstName: string | null;
	readonly lastName: string | null;
	readonly locale: string | null;
	readonly consent: Consent;
	readonly customerId: string | null;
}

/** When points from a credit may be spent and when they lapse. */
export interface CreditFacts {
	/** Null means "once delivered". */
	readonly availableAt: string | null;
	/** Null means never, unless `inactivityMonths` says otherwise. */
	readonly expiresAt: string | null;
	/** Lapses so many months after the member's last activity. */
	readonly inactivityMonths: number | null;
}

export interface EarnFacts extends CreditFacts {
	readonly number: string | null;
	readonly currency: string;
	/** Points that follow the goods: a refund takes its share of them. */
	readonly proportional: number;
	/** Bonuses that only a full refund takes back. */
	readonly fixed: number;
	/** What counted, in minor units of the programme's currency. */
	readonly basis: number;
	/** What the customer paid for goods in money, tax included, in minor units of the order's currency. */
	readonly goodsPaid: number;
	/** What was paid by gift card, store credit or points, where that did not count: minor units of the order's currency. */
	readonly creditPaid?: number;
	readonly lines: readonly EarnLine[];
	/** Codes used on the order: a reward paid with points is recognised by its code. */
	readonly discountCodes: readonly string[];
	/**
	 * Whether the order counts before its buyer has joined: always; once they join, whenever that is; only if they had
	 * joined when they ordered.
	 */
	readonly claim: 'always' | 'onceJoined' | 'ifJoinedBefore';
	readonly profile: Profile | null;
	readonly breakdown: readonly BreakdownLine[];
}

/** Id under which shipping stands among the lines of an order where it earns. */
export const SHIPPING_LINE = 'shipping';

/** A line's share in the order's points. */
export interface EarnLine {
	readonly id: string;
	/** Tax included, minor units of the order's currency. */
	readonly gross: number;
	/** What counted of it, minor units of the order's currency: its share in the qualifying spend. */
	readonly basis: number;
	/** Unrounded points as an exact fraction "num/den"; the shares of all lines make up `proportional`. */
	readonly share: string;
}

/** Why: one line a rule. */
export interface BreakdownLine {
	readonly rule: string;
	readonly name: string;
	/** Exact points as a fraction "num/den", or the factor of a multiplier. */
	readonly exact: string;
	readonly effect: 'add' | 'multiply' | 'bonus';
}

/** What a reversal took by what was known when it was written; absent where its order was not known yet. */
export interface ReversalNote {
	readonly asked?: number;
	readonly taken?: number;
	readonly uncollected?: number;
}

export interface RefundFacts extends ReversalNote {
	readonly currency: string;
	/** Money paid back, tax and shipping included, minor units. */
	readonly amount: number;
	readonly shipping: number;
	/** Of the amount, what went back to a gift card or store credit. */
	readonly credit?: number;
	readonly lines: readonly RefundLine[];
	readonly reason: string | null;
}

export interface RedeemFacts {
	/** What was asked for; `points` on the entry is what was taken. */
	readonly asked: number;
	/** What the points are worth, minor units of `currency`. */
	readonly worth: number;
	readonly currency: string;
	readonly code: string;
	/** Fingerprint of the request: the same request id with other contents is not a repeat. */
	readonly request: string;
}
