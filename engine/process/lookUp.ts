import { replay, type Ledger } from '../ledger';
import { memberView, type MemberView } from '../member';
import { refusal, success, type Result } from '../result';
import { programHistory } from './programHistory';
import { RowBook } from './rowBook';

/**
 * The states of some members as of `now`, straight from the ledger; null for whoever has never been heard of.
 * Refuses when no programme is published.
 */
export async function lookUpMembers(
	members: readonly string[],
	ledger: Pick<Ledger, 'programs' | 'read'>,
	now: string,
): Promise<Result<ReadonlyArray<MemberView | null>>> {
	const programs = programHistory(await ledger.programs());
	if (programs === null) return refusal('noProgram', NO_PROGRAM);
	const book = new RowBook(await ledger.read({ members: [...new Set(members)], orders: [] }));
	return success(
		members.map((member) => {
			const state = replay(member, book.ofMember(member), programs, now);
			return state.isMember ? memberView(state, programs) : null;
		}),
	);
}

export const NO_PROGRAM =
	'No loyalty programme is published yet. Publish one first: Loyalty node, resource Program, operation Publish.';
