import type { MemberView } from '../member';
import type { PublishedProgram } from '../program';
import type { AnyEntry, Row } from './entry';

/** Whose rows are wanted: all of these members, and all that concern these orders whoever they belong to. */
export interface Subjects {
	readonly members: readonly string[];
	readonly orders: readonly string[];
}

/**
 * Where the ledger is kept. Two homes are known: n8n's Data Tables, and a workflow of the operator's own.
 *
 * A home need not know unique keys: replay lets the first row of a key count. What it must keep is that rows, once
 * appended, stay and keep their place, and that a lock is given to one owner at a time.
 */
export interface Ledger {
	/** All published versions, in any order; empty when nothing was published. */
	programs(): Promise<readonly PublishedProgram[]>;
	/** Rows in any order. */
	read(subjects: Subjects): Promise<readonly Row[]>;
	/** Appends all or none, durably, in this order. */
	append(entries: readonly AnyEntry[], writer: string): Promise<void>;
	/** Brings the members view up to date; a view that is further on already stays. */
	saveMembers(views: readonly MemberView[]): Promise<void>;
	/** Waits a while for the right to spend for these members. False: somebody else has it. A lease runs out by itself. */
	lock(members: readonly string[], owner: string): Promise<boolean>;
	/** Whether the lease is still this owner's. */
	holdsLock(members: readonly string[], owner: string): Promise<boolean>;
	unlock(members: readonly string[], owner: string): Promise<void>;
}
