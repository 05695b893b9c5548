import { entryKey, type Entry, type MemberState } from '../ledger';
import type { PreparedProgram, TierLevel } from '../program';
import { awardCreditTerms } from './creditTerms';

/**
 * The bonuses for the tiers a member has reached, once per tier and member (rule 33). Given again one has the same key, so it counts
 * once. A tier that was passed on the way up has its bonus too, or it would depend on which of two orders was heard of first. Who
 * was in a tier before it had a bonus gets it with their next movement.
 */
export function entryBonuses(
	{ member, tier }: MemberState,
	program: PreparedProgram,
	now: string,
): Array<Entry<'tierBonus'>> {
	const { current, reached } = tier;
	const passed = reached
		.map((one) => one.tier.level)
		.filter((level) => level.id !== current?.level.id);
	const levels: TierLevel[] = current === null ? passed : [...passed, current.level];
	return levels
		.filter((level) => level.entryBonus > 0)
		.map((level) => ({
			key: entryKey.tierBonus(member, level.id),
			kind: 'tierBonus',
			member,
			order: null,
			points: level.entryBonus,
			occurredAt: now,
			programVersion: program.version,
			summary: `Reached ${level.name}`,
			facts: { ...awardCreditTerms(now, program), tier: level.id },
		}));
}
