import type { PreparedProgram, PreparedTier, ProgramHistory } from '../program';
import type { QualifyingMovement } from './movement';
import { metricOf } from './qualifyingWindow';
import { SlidingWindow } from './slidingWindow';

/** A tier, as the ladder had it by which it was reached, and when. */
export interface ReachedTier {
	readonly tier: PreparedTier;
	readonly since: string;
}

/**
 * The tiers that a history of movements has led to by `now`, one after the other: up at once with the movement that earned it,
 * never down (rule 32: that is for the scheduled review). The last one is held; a tier that was jumped over is not among them.
 *
 * Walks the movements by the time they became true, each judged by the ladder of the programme that decided it: so the
 * order of arrival changes nothing, and publishing a steeper ladder takes nobody's tier away.
 * `movements` must be sorted by `at`; the window is only kept up while there is a tier left to reach.
 */
export function reachedTiers(
	movements: readonly QualifyingMovement[],
	programs: ProgramHistory,
	now: string,
	joinedAt: string | null,
): readonly ReachedTier[] {
	const held: ReachedTier[] = [];
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
			rank = rankOf(held.at(-1), program);
		}
		const next = program.tiers[rank];
		if (next === undefined || metricOf(movement, program) <= 0) continue;
		sums.includeUpTo(index);
		if (sums.atMost(program) < next.threshold) continue;
		const reached = highestReached(program, sums.endingAt(movement.at, program));
		if (reached === null || reached.rank <= rank) continue;
		held.push({ tier: reached, since: movement.at });
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
export function rankOf(held: ReachedTier | undefined, program: PreparedProgram): number {
	if (held === undefined) return 0;
	const { id } = held.tier.level;
	return program.tiers.find((tier) => tier.level.id === id)?.rank ?? 0;
}
