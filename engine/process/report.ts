import type { Decision, Request } from '../decision';
import { countedRows, factKey, replay, type MemberState, type Row, type Subjects } from '../ledger';
import type { ProgramHistory } from '../program';
import type { Reason } from '../result';
import { redemptionOf, viewOf, type Outcome } from './outcome';
import type { RowBook } from './rowBook';

/** What a run brings along, since the engine has neither a clock nor chance. */
export interface Run {
	readonly now: string;
	/** Unlike any other run's: tells own rows from those of others. */
	readonly writer: string;
}

/** A request with what was decided about it, and whose rows it concerns. */
export interface Decided {
	readonly request: Request;
	readonly subjects: Subjects;
	readonly decision: Decision;
}

/** Tells what became of the requests of a run, by what the ledger says after it. */
export class Report {
	constructor(
		private readonly book: RowBook,
		private readonly states: ReadonlyMap<string, MemberState>,
		private readonly programs: ProgramHistory,
		private readonly run: Run,
	) {}

	/** What became of one request. */
	on({ request, subjects, decision }: Decided): Outcome {
		const { book, states } = this;
		const member = book.ownerOfAny(subjects.orders) ?? subjects.members[0];
		const state = (member === undefined ? undefined : states.get(member)) ?? null;
		const row = rowOf(decision, state, subjects, book);
		const reason = this.reasonAgainst(decision, row, book);
		const change =
			reason === null && row !== undefined && state !== null
				? this.changeBy(row.row, state.member, book)
				: null;
		return {
			applied: reason === null,
			reason,
			request,
			points: change?.points ?? 0,
			summary: row?.row.summary ?? '',
			previousTier: change?.previousTier ?? state?.tier.current?.level.name ?? '',
			tierChanged: change?.tierChanged ?? false,
			member: viewOf(state, this.programs),
			redemption:
				row?.row.kind === 'redeem' && row.counts
					? redemptionOf({ ...row.row.facts, points: -row.row.points })
					: null,
		};
	}

	/** Why a request is not given out as applied by this run; null where it is. */
	private reasonAgainst(
		decision: Decision,
		found: FoundRow | undefined,
		book: RowBook,
	): Reason | null {
		const isOwn =
			found !== undefined && found.row.writer === this.run.writer && decision.entries.length > 0;
		if (decision.skipped !== null)
			return isOwn && this.hasAdopted(decision, found.row, book) ? null : decision.skipped;
		if (!isOwn)
			return {
				code: 'alreadyCounted',
				message:
					'The same was reported by another delivery at the same moment and counted there; nothing was added.',
			};
		return found.counts
			? null
			: {
					code: 'tryAgain',
					message:
						'The points were spent elsewhere at the same moment, so this redemption was taken back. Try again.',
				};
	}

	/** Whether a fact that had to wait for its order got it in this very run; where the order is this run's too, that reports it. */
	private hasAdopted(decision: Decision, row: Row, book: RowBook): boolean {
		if (decision.entries[0].member !== '' || row.member === '') return false;
		const order = book.ofOrder(row.order ?? '').find(({ kind }) => kind === 'earn');
		return order?.writer !== this.run.writer;
	}

	/**
	 * What a row changed, by its place in the ledger: the state up to it against the state before it. So of two orders that together
	 * lift a tier, exactly one reports it, whichever runs saw what. An order includes the refunds that its run adopted for it.
	 */
	private changeBy(row: Row, member: string, book: RowBook) {
		// Before a void, what it takes back still counted.
		const rows = row.kind === 'void' ? book.ofMember(member) : countedRows(book.ofMember(member));
		const before = replay(
			member,
			rows.filter((other) => other.seq < row.seq),
			this.programs,
			this.run.now,
		);
		const after = replay(
			member,
			rows.filter((other) => other.seq <= row.seq || isAdoptedFor(row, other)),
			this.programs,
			this.run.now,
		);
		return {
			points: after.balance - before.balance,
			previousTier: before.tier.current?.level.name ?? '',
			tierChanged: before.tier.current?.level.id !== after.tier.current?.level.id,
		};
	}
}

interface FoundRow {
	readonly row: Row;
	/** False where it was taken back. */
	readonly counts: boolean;
}

/** The row that stands for a decision: the one that counts, or else the first that was written. */
function rowOf(
	{ key }: Decision,
	state: MemberState | null,
	subjects: Subjects,
	book: RowBook,
): FoundRow | undefined {
	if (key === null) return undefined;
	const counted = state === null ? [] : countedRows(book.ofMember(state.member));
	const standing = counted.find((row) => factKey(row.key) === key);
	if (standing !== undefined) return { row: standing, counts: true };
	const row = book.about(subjects).find((other) => other.key === key);
	return row === undefined ? undefined : { row, counts: row.member === '' };
}

function isAdoptedFor(order: Row, row: Row): boolean {
	return (
		order.kind === 'earn' &&
		row.order === order.order &&
		row.writer === order.writer &&
		factKey(row.key) !== row.key
	);
}
