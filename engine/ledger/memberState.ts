import type { MemberTier, QualifyingMovement } from '../tier';
import type { Profile } from './entry';
import type { Lot } from './lot';
import type { OrderAccount } from './orderAccount';

/** What replaying a member's rows gives: everything a caller needs, at one instant. Points are whole. */
export interface MemberState {
	readonly member: string;
	/** The instant of which this speaks. */
	readonly at: string;
	/** False for somebody who has only been heard of: no order, no award, or not joined where joining is on request. */
	readonly isMember: boolean;
	readonly joinedAt: string | null;
	readonly profile: Profile;
	/** What a redemption may use now. */
	readonly spendable: number;
	/** Earned, but not spendable yet. */
	readonly pending: number;
	/** Owed because spent points were taken back; later credits pay it first. */
	readonly owed: number;
	/** `spendable + pending - owed`. */
	readonly balance: number;
	readonly nextAvailable: PointsAt | null;
	readonly nextExpiry: PointsAt | null;
	/** Credits minus what refunds took back (rule 10). */
	readonly lifetimeEarned: number;
	readonly redeemed: number;
	readonly expired: number;
	/** Orders that count: paid and not wholly given back. */
	readonly orders: number;
	/** Money spent on what counts, refunds taken off; minor units of the programme's currency. */
	readonly spend: number;
	readonly lastActivityAt: string | null;
	readonly tier: MemberTier;
	/** What tiers are earned by, sorted by the time it took effect: from it follows how far the next tier is. */
	readonly movements: readonly QualifyingMovement[];
	/** Orders kept for somebody who has not joined yet. */
	readonly heldOrders: number;
	/** Keys of redemptions that found fewer points than they took: spent at the same moment, and to be taken back. */
	readonly overdrawn: ReadonlySet<string>;
	readonly lots: readonly Lot[];
	readonly orderAccounts: ReadonlyMap<string, OrderAccount>;
	readonly books: Books;
	/** The highest row id that was replayed; 0 for none. */
	readonly upTo: number;
}

export interface PointsAt {
	readonly points: number;
	readonly at: string;
}

/** Every point that came or went. `issued + returned + owed - takenBack - redeemed - adjustedDown - expired` is what the lots hold. */
export interface Books {
	/** Credits: earned, awarded, adjusted up, bonuses. */
	readonly issued: number;
	/** Taken back because of refunds, whether from lots or as a debt. */
	readonly takenBack: number;
	readonly redeemed: number;
	/** Given back from redemptions on orders that were refunded. */
	readonly returned: number;
	readonly adjustedDown: number;
	readonly expired: number;
	/** What is left in lots that have not lapsed. */
	readonly inLots: number;
	readonly owed: number;
}
