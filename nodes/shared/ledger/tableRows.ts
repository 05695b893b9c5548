import type { IDataObject } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';

import type { AnyEntry, EntryKind, Row } from '../../../engine/ledger';
import type { MemberView } from '../../../engine/member';
import { checkProgram, type PublishedProgram } from '../../../engine/program';

/** An entry as a row of the ledger table: what people want to see in columns of its own, the rest as JSON. */
export function toLedgerRow(entry: AnyEntry, writer: string): IDataObject {
	return {
		entry_key: entry.key,
		member_id: entry.member,
		kind: entry.kind,
		points: entry.points,
		summary: entry.summary,
		occurred_at: entry.occurredAt,
		order_ref: entry.order,
		program_version: entry.programVersion,
		written_by: writer,
		facts: JSON.stringify(entry.facts),
	};
}

const KINDS: ReadonlySet<string> = new Set<EntryKind>([
	'earn',
	'refund',
	'cancel',
	'fulfil',
	'join',
	'award',
	'adjust',
	'tierBonus',
	'redeem',
	'void',
	'expire',
]);

/**
 * A row of the ledger table as an entry. A row that cannot be read stops everything: to go on without it would be to count
 * points that are not there, or not to count those that are.
 */
export function fromLedgerRow(row: IDataObject): Row {
	const facts = parsed(row.facts);
	const kind = String(row.kind);
	if (
		facts === null ||
		!KINDS.has(kind) ||
		typeof row.id !== 'number' ||
		!Number.isSafeInteger(row.points)
	)
		throw new UnexpectedError(
			`Row ${String(row.id)} of the Data Table "loyalty_ledger" was changed by hand and cannot be read. Restore it; rows of the ledger must never be edited.`,
		);
	return {
		key: String(row.entry_key),
		kind,
		member: String(row.member_id ?? ''),
		order: row.order_ref === null || row.order_ref === '' ? null : String(row.order_ref),
		points: row.points,
		occurredAt: String(row.occurred_at),
		programVersion: Number(row.program_version),
		summary: String(row.summary ?? ''),
		facts,
		seq: row.id,
		writer: String(row.written_by),
	} as Row;
}

/** A member's view as a row of the members table. */
export function toMemberRow(view: MemberView): IDataObject {
	return {
		member_id: view.memberId,
		email: view.email,
		first_name: view.firstName,
		last_name: view.lastName,
		spendable_points: view.spendablePoints,
		pending_points: view.pendingPoints,
		tier: view.tier,
		orders: view.orders,
		total_spend: view.totalSpend,
		expiring_points: view.expiringPoints,
		expiring_at: view.expiringAt,
		joined_at: view.joinedAt,
		details: JSON.stringify(view),
		ledger_up_to: view.ledgerUpTo,
	};
}

/** The view in a row of the members table; null for a row that only holds a lease. */
export function fromMemberRow(row: IDataObject): MemberView | null {
	return parsed(row.details) as MemberView | null;
}

export function toProgramRow(published: PublishedProgram, writer: string): IDataObject {
	return {
		version: published.version,
		name: published.program.name,
		published_at: published.publishedAt,
		document: JSON.stringify(published.program),
		written_by: writer,
	};
}

/** Programmes that were read before, by their text: a version is parsed and prepared once. */
const known = new Map<string, PublishedProgram>();
const MOST_KNOWN = 500;

/** Null for a row that was changed by hand into something that is no programme. */
export function fromProgramRow(row: IDataObject): PublishedProgram | null {
	const text = `${String(row.version)}|${String(row.published_at)}|${String(row.document)}`;
	const before = known.get(text);
	if (before !== undefined) return before;
	const checked = checkProgram(parsed(row.document));
	if (!checked.ok) return null;
	const published: PublishedProgram = {
		version: Number(row.version),
		publishedAt: String(row.published_at),
		program: checked.value,
	};
	if (known.size >= MOST_KNOWN) known.clear();
	known.set(text, published);
	return published;
}

function parsed(text: unknown): object | null {
	if (typeof text !== 'string') return null;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' ? value : null;
	} catch {
		return null;
	}
}
