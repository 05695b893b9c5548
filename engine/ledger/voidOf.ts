import type { Entry } from './entry';
import { entryKey } from './entryKey';

/** The entry that takes back what one delivery wrote: the row stays, and counts for nothing. */
export function voidOf(
	written: Omit<Entry, 'kind' | 'facts'>,
	writer: string,
	reason: string,
): Entry<'void'> {
	const { key, member, order, points, occurredAt, programVersion } = written;
	return {
		key: entryKey.voided(key, writer),
		kind: 'void',
		member,
		order,
		points: points === 0 ? 0 : -points,
		occurredAt,
		programVersion,
		summary: `Taken back: ${reason}`,
		facts: { voided: key, writer, reason },
	};
}
