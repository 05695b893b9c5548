import { replay, type Row } from '../ledger';
import { memberView, type MemberView } from '../member';
import type { PublishedProgram } from '../program';
import { refusal, success, type Result } from '../result';
import { NO_PROGRAM } from './lookUp';
import { programHistory } from './programHistory';
import { RowBook } from './rowBook';

/** What the members view should say, by the whole ledger. */
export interface Rebuilt {
	readonly views: readonly MemberView[];
}

/** Every member's view from all rows of the ledger, as of `now`. Refuses when no programme is published. */
export function rebuildViews(
	rows: readonly Row[],
	published: readonly PublishedProgram[],
	now: string,
): Result<Rebuilt> {
	const programs = programHistory(published);
	if (programs === null) return refusal('noProgram', NO_PROGRAM);
	const book = new RowBook(rows);
	const members = [...new Set(rows.map((row) => row.member))]
		.filter((member) => member !== '')
		.sort();
	const views = members.map((member) =>
		memberView(replay(member, book.ofMember(member), programs, now), programs),
	);
	return success({ views });
}
