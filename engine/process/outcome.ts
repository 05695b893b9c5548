import type { MemberState } from '../ledger';
import { memberView, type MemberView } from '../member';
import { formatMinor } from '../money';
import type { ProgramHistory } from '../program';
import type { Reason } from '../result';
import type { Request } from '../decision';

/** What became of one request. */
export interface Outcome {
	/** True when it is in the ledger, counts, and this run was the one that put it there. */
	readonly applied: boolean;
	readonly reason: Reason | null;
	readonly request: Request;
	/** Change of the member's balance, spendable and pending together. */
	readonly points: number;
	/** What the points are for or why they went, in words. */
	readonly summary: string;
	readonly previousTier: string;
	readonly tierChanged: boolean;
	/** The member's state after everything in the ledger, not only this; null while nobody knows whose it is. */
	readonly member: MemberView | null;
	readonly redemption: Redemption | null;
}

export interface Redemption {
	readonly asked: number;
	readonly points: number;
	/** Decimal text in the programme's currency. */
	readonly worth: string;
	readonly currency: string;
	readonly code: string;
}

/** A state as the outcome shows it; null where there is nobody. */
export function viewOf(state: MemberState | null, programs: ProgramHistory): MemberView | null {
	return state === null ? null : memberView(state, programs);
}

export function redemptionOf(facts: {
	readonly asked: number;
	readonly points: number;
	readonly worth: number;
	readonly currency: string;
	readonly code: string;
}): Redemption {
	return { ...facts, worth: formatMinor(facts.worth, facts.currency) };
}
