import { replay, type Entry, type Row } from '../ledger';
import type { Knowledge } from '../decision';

/**
 * A refund or cancellation with what it takes, by what is known when it is written (rule 23): asked, taken, left uncollected.
 * It is a note for people; replay works the effect out anew from all facts.
 */
export function withEffect<Kind extends 'refund' | 'cancel'>(
	entry: Entry<Kind>,
	{ rows, programs, now }: Knowledge,
): Entry<Kind> {
	if (entry.order === null || entry.member === '') return entry;
	const own = rows.filter((row) => row.member === entry.member);
	const last = own.reduce((highest, row) => Math.max(highest, row.seq), 0);
	const before = replay(entry.member, own, programs, now).orderAccounts.get(entry.order);
	const foreseen = { ...entry, seq: last + 1, writer: '' } as Row;
	const after = replay(entry.member, [...own, foreseen], programs, now).orderAccounts.get(
		entry.order,
	);
	const taken = (after?.taken ?? 0) - (before?.taken ?? 0);
	const uncollected = (after?.uncollected ?? 0) - (before?.uncollected ?? 0);
	return {
		...entry,
		points: taken === 0 ? 0 : -taken,
		summary: `${entry.summary}: ${taken} taken back${uncollected > 0 ? `, ${uncollected} already spent and not collected` : ''}`,
		facts: { ...entry.facts, asked: taken + uncollected, taken, uncollected },
	};
}
