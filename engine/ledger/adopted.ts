import type { AnyEntry, Row } from './entry';
import { entryKey } from './entryKey';

/**
 * The entry that gives a fact to its member, where it was known before anybody knew whose it was: a refund that came
 * before its order. It says the same, under a key of its own, because the fact's key is taken.
 */
export function adoptedBy(member: string, row: Row): AnyEntry {
	const { kind, order, points, occurredAt, programVersion, summary, facts } = row;
	return {
		key: entryKey.adopted(row.key),
		kind,
		member,
		order,
		points,
		occurredAt,
		programVersion,
		summary,
		facts,
	} as AnyEntry;
}
