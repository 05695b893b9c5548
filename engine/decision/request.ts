import type { StoreEvent } from '../event';
import type { Profile } from '../ledger';

/** One thing to be decided and recorded. Request ids are the caller's business keys: the same id counts once. */
export type Request =
	| { readonly kind: 'event'; readonly event: StoreEvent }
	| AwardRequest
	| AdjustRequest
	| RedeemRequest
	| CancelRedemptionRequest
	| EnrollRequest;

export interface AwardRequest {
	readonly kind: 'award';
	readonly member: string;
	/** Points, more than zero. */
	readonly points: number;
	readonly reason: string;
	readonly requestId: string;
}

/** A correction by hand (rule 43): points up or down, never zero. */
export interface AdjustRequest {
	readonly kind: 'adjust';
	readonly member: string;
	readonly points: number;
	readonly reason: string;
	readonly author: string;
	readonly requestId: string;
}

export interface RedeemRequest {
	readonly kind: 'redeem';
	readonly member: string;
	/** Points asked for. */
	readonly points: number;
	/** What is in the basket, decimal text in the programme's currency; null where the cap by basket does not apply. */
	readonly basket: string | null;
	readonly requestId: string;
	/** A code nobody can guess, made by the caller; a repeated request keeps the first one. */
	readonly code: string;
}

/** A redemption that came to nothing, because its discount could not be made: the points go back where they came from. */
export interface CancelRedemptionRequest {
	readonly kind: 'cancelRedemption';
	readonly member: string;
	/** The id that the redemption was requested under. */
	readonly requestId: string;
	readonly reason: string;
}

/** Somebody asks to join (rule 16). */
export interface EnrollRequest {
	readonly kind: 'enroll';
	readonly member: string;
	readonly profile: Profile;
}
