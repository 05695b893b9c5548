import type { PreparedProgram, PreparedTier } from '../program';
import { addMonths, instantBefore, membershipYearStart, startOf, startOfYear } from '../time';
import type { MemberTier } from './memberTier';
import type { QualifyingMovement } from './movement';
import { qualifyingSum } from './qualifyingWindow';
import { highestReached } from './reachedTiers';

/** Where a member stands on the ladder (rule 35). Amounts are in the ladder's metric: minor units, orders or points. */
export interface TierStanding extends MemberTier {
	/** The metric over the window ending now. */
	readonly qualifying: number;
	readonly next: PreparedTier | null;
	/** What is missing to the next tier; 0 at the top. */
	readonly missing: number;
	/** 0 to 100, whole, rounded down: 100 only when nothing is missing. */
	readonly progressPercent: number;
	/** Null where tiers are for life, or there are none. */
	readonly nextReviewAt: string | null;
	/** What the purchases known today will earn on that day. */
	readonly projected: PreparedTier | null;
	/** What is still needed until that day to keep the current tier. */
	readonly neededToStay: number;
}

/** What of a member's state their standing follows from. */
export interface Climber {
	/** The instant of which the state speaks. */
	readonly at: string;
	readonly joinedAt: string | null;
	readonly tier: MemberTier;
	/** Sorted by `at`. */
	readonly movements: readonly QualifyingMovement[];
}

/** Works out where a member stands and what is ahead. Decisions need the tier alone; this is for those who look at a member. */
export function tierStanding(
	{ at, joinedAt, tier, movements }: Climber,
	program: PreparedProgram,
): TierStanding {
	const { current, since, reached } = tier;
	const next = program.tiers[current?.rank ?? 0] ?? null;
	const qualifying = qualifyingSum(movements, program, at, joinedAt);
	const missing = next === null ? 0 : Math.max(0, next.threshold - qualifying);
	const review = nextReview(program, at, joinedAt);
	const onReview =
		review === null
			? qualifying
			: qualifyingSum(movements, program, instantBefore(review), joinedAt);
	return {
		current,
		since,
		reached,
		qualifying,
		next,
		missing,
		progressPercent:
			next === null || missing === 0
				? 100
				: Math.max(0, Math.floor((qualifying * 100) / next.threshold)),
		nextReviewAt: review,
		projected: review === null ? current : highestReached(program, onReview),
		neededToStay:
			current === null || review === null ? 0 : Math.max(0, current.threshold - onReview),
	};
}

/**
 * When tiers are looked at next: at the end of the calendar year or of the membership year; with a rolling window on the
 * first of every month.
 */
function nextReview(program: PreparedProgram, now: string, joinedAt: string | null): string | null {
	if (program.tiers.length === 0) return null;
	const zone = program.program.timeZone;
	switch (program.program.tiers.window) {
		case 'lifetime':
			return null;
		case 'rolling':
			return addMonths(startOf(now, 'month', zone), 1, zone);
		case 'calendarYear':
			return addMonths(startOfYear(now, zone), 12, zone);
		case 'membershipYear':
			return joinedAt === null
				? null
				: addMonths(membershipYearStart(joinedAt, now, zone), 12, zone);
	}
}
