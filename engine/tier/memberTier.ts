import type { PreparedTier, ProgramHistory } from '../program';
import type { QualifyingMovement } from './movement';
import { rankOf, reachedTiers, type ReachedTier } from './reachedTiers';

/** The tier a member is in, and since when. */
export interface MemberTier {
	readonly current: PreparedTier | null;
	readonly since: string | null;
	/** Every tier on the way there, in the order in which they were reached. */
	readonly reached: readonly ReachedTier[];
}

/** A member's tier at `now` on today's ladder, from the movements of their history, sorted by `at`. */
export function memberTier(
	movements: readonly QualifyingMovement[],
	programs: ProgramHistory,
	now: string,
	joinedAt: string | null,
): MemberTier {
	const reached = reachedTiers(movements, programs, now, joinedAt);
	const held = reached.at(-1);
	const rank = rankOf(held, programs.latest);
	return held === undefined || rank === 0
		? { current: null, since: null, reached }
		: { current: programs.latest.tiers[rank - 1], since: held.since, reached };
}
