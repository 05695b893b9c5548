import { entryKey, type Entry, type MemberState } from '../ledger';
import type { PreparedProgram } from '../program';
import { awardCreditTerms } from './creditTerms';

/**
 * The bonus for reaching a tier, once per tier and member (rule 33); null when there is none. Given again it has the same key,
 * so it counts once. Who was in a tier before it had a bonus gets it with their next movement.
 */
export function entryBonus(
	state: MemberState,
	program: PreparedProgram,
	now: string,
): Entry<'tierBonus'> | null {
	const { current } = state.tier;
	if (current === null || current.level.entryBonus === 0) return null;
	return {
		key: entryKey.tierBonus(state.member, current.level.id),
		kind: 'tierBonus',
		member: state.member,
		order: null,
		points: current.level.entryBonus,
		occurredAt: now,
		programVersion: program.version,
		summary: `Reached ${current.level.name}`,
		facts: { ...awardCreditTerms(now, program), tier: current.level.id },
	};
}
