import type { PreparedProgram } from '../program';
import { membershipYearStart, rollingWindowStart, startOfYear } from '../time';
import type { QualifyingMovement } from './movement';

/** Where the window that ends at `at` begins (rule 31); the empty text for a lifetime. */
export function windowStart(program: PreparedProgram, at: string, joinedAt: string | null): string {
	const { window, months } = program.program.tiers;
	const zone = program.program.timeZone;
	switch (window) {
		case 'rolling':
			return rollingWindowStart(at, months, zone);
		case 'calendarYear':
			return startOfYear(at, zone);
		case 'membershipYear':
			return joinedAt === null ? '' : membershipYearStart(joinedAt, at, zone);
		case 'lifetime':
			return '';
	}
}

/** A movement's part in the ladder's metric. */
export function metricOf(movement: QualifyingMovement, program: PreparedProgram): number {
	return movement[program.program.tiers.metric];
}

/**
 * The metric over the window ending at `at`, of all movements in effect by then.
 * `movements` need no order.
 */
export function qualifyingSum(
	movements: readonly QualifyingMovement[],
	program: PreparedProgram,
	at: string,
	joinedAt: string | null,
): number {
	const start = windowStart(program, at, joinedAt);
	let sum = 0;
	for (const movement of movements)
		if (movement.at <= at && movement.belongsTo >= start) sum += metricOf(movement, program);
	return sum;
}
