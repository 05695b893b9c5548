import type { PreparedProgram, PreparedTier, ProgramHistory } from '../program';
import { addMonths, membershipYearStart, startOf, startOfYear } from '../time';
import type { QualifyingMovement } from './movement';
import { qualifyingSum } from './qualifyingWindow';
import { highestReached, rankOf, reachedTier } from './reachedTier';

/** Where a member stands on the ladder (rule 35). Amounts are in the ladder's metric: minor units, orders or points. */
export interface TierStanding {
	readonly current: PreparedTier | null;
	readonly since: string | null;
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

/** Works out a member's standing from the movements of their history, sorted by `at`. */
export function tierStanding(
	movements: readonly QualifyingMovement[],
	programs: ProgramHistory,
	now: string,
	joinedAt: string | null,
): TierStanding {
	const program = programs.latest;
	const past = upTo(movements, now);
	const held = reachedTier(past, programs, joinedAt);
	const rank = rankOf(held, program);
	const current = rank === 0 ? null : program.tiers[rank - 1];
	const next = program.tiers[rank] ?? null;
	const qualifying = qualifyingSum(past, program, now, joinedAt);
	const missing = next === null ? 0 : Math.max(0, next.threshold - qualifying);
	const review = nextReview(program, now, joinedAt);
	const onReview =
		review === null
			? qualifying
			: qualifyingSum(movements, program, lastInstantBefore(review), joinedAt);
	return {
		current,
		since: current === null ? null : (held?.since ?? null),
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

function upTo(
	movements: readonly QualifyingMovement[],
	now: string,
): readonly QualifyingMovement[] {
	let end = movements.length;
	while (end > 0 && movements[end - 1].at > now) end -= 1;
	return end === movements.length ? movements : movements.slice(0, end);
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

function lastInstantBefore(iso: string): string {
	return new Date(Date.parse(iso) - 1).toISOString();
}
