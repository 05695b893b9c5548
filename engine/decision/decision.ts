import type { AnyEntry, MemberState, Row } from '../ledger';
import type { PreparedProgram, ProgramHistory } from '../program';
import type { Reason } from '../result';

/**
 * What is to be done about a request: entries to append, and the reason where nothing came of it for the member. Both
 * together mean "kept, but without effect yet": a refund that waits for its order.
 */
export interface Decision {
	readonly entries: readonly AnyEntry[];
	/** The entry that stands for the request: whoever wrote it first was the one to apply it. */
	readonly key: string | null;
	readonly skipped: Reason | null;
}

/** What a decision may look at: what the ledger knew when the request came, and the rules. */
export interface Knowledge {
	readonly rows: readonly Row[];
	/** Null while nobody knows whose it is. */
	readonly state: MemberState | null;
	readonly program: PreparedProgram;
	readonly programs: ProgramHistory;
	readonly now: string;
}

/** Nothing is written. */
export function skip(code: string, message: string, key: string | null = null): Decision {
	return { entries: [], key, skipped: { code, message } };
}

/** What a decision writes: first the entry that stands for the request, then what follows from it. */
export type Entries = readonly [AnyEntry, ...AnyEntry[]];

/** Written, with effect. */
export function record(...entries: Entries): Decision {
	return { entries, key: entries[0].key, skipped: null };
}

/** Written, without effect on the member for the reason given. */
export function keep(entries: Entries, code: string, message: string): Decision {
	return { entries, key: entries[0].key, skipped: { code, message } };
}

/** Whether a key is in the ledger already. */
export function isKnown(key: string, rows: readonly Row[]): boolean {
	return rows.some((row) => row.key === key);
}
