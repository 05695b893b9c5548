import type { PreparedTier, ProgramHistory } from '../program';
import type { QualifyingMovement } from './movement';
import { rankOf, reachedTier } from './reachedTier';

/** The tier a member is in, and since when. */
export interface MemberTier {
	readonly current: PreparedTier | null;
	readonly since: string | null;
}

/** A member's tier at `now` on today's ladder, from the movements of their history, sorted by `at`. */
export function memberTier(
	movements: readonly QualifyingMovement[],
	programs: ProgramHistory,
	now: string,
	joinedAt: string | null,
): MemberTier {
	const held = reachedTier(movements, programs, now, joinedAt);
	const rank = rankOf(held, programs.latest);
	return held === null || rank === 0
		? NO_TIER
		: { current: programs.latest.tiers[rank - 1], since: held.since };
}

const NO_TIER: MemberTier = { current: null, since: null };
