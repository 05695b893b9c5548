import type { PreparedProgram, PreparedTier, ProgramHistory } from '../program';
import type { QualifyingMovement } from './movement';
import { metricOf } from './qualifyingWindow';
import { SlidingWindow } from './slidingWindow';

/** A tier and since when the member has it. */
export interface HeldTier {
	readonly id: string;
	readonly since: string;
}

/**
 * The tier that a history of movements has led to by `now`: up at once with the movement that earned it, never down (rule 32: that
 * is for the scheduled review).
 *
 * Walks the movements by the time they became true, each judged by the ladder of the programme that decided it: so the
 * order of arrival changes nothing, and publishing a steeper ladder takes nobody's tier away.
 * `movements` must be sorted by `at`; the window is only kept up while there is a tier left to reach.
 */
export function reachedTier(
	movements: readonly QualifyingMovement[],
	programs: ProgramHistory,
	now: string,
	joinedAt: string | null,
): HeldTier | null {
	let held: HeldTier | null = null;
	let program: PreparedProgram | null = null;
	let rank = 0;
	const sums = new SlidingWindow(movements, joinedAt);
	let end = movements.length;
	while (end > 0 && movements[end - 1].at > now) end -= 1;
	for (let index = 0; index < end; index += 1) {
		const movement = movements[index];
		const judge = programs.at(movement.programVersion);
		if (judge !== program) {
			program = judge;
			rank = rankOf(held, program);
		}
		const next = program.tiers[rank];
		if (next === undefined || metricOf(movement, program) <= 0) continue;
		sums.includeUpTo(index);
		if (sums.atMost(program) < next.threshold) continue;
		const reached = highestReached(program, sums.endingAt(movement.at, program));
		if (reached === null || reached.rank <= rank) continue;
		held = { id: reached.level.id, since: movement.at };
		rank = reached.rank;
	}
	return held;
}

/** The highest tier whose threshold is met. */
export function highestReached(program: PreparedProgram, metric: number): PreparedTier | null {
	let reached: PreparedTier | null = null;
	for (const tier of program.tiers) if (metric >= tier.threshold) reached = tier;
	return reached;
}

/** Place of a held tier in a ladder; 0 for none, or for one that the ladder no longer has. */
export function rankOf(held: HeldTier | null, program: PreparedProgram): number {
	if (held === null) return 0;
	return program.tiers.find((tier) => tier.level.id === held.id)?.rank ?? 0;
}
