import {
	adoptedBy,
	countedRows,
	replay,
	voidOf,
	type AnyEntry,
	type Ledger,
	type MemberState,
	type Row,
	type Subjects,
} from '../ledger';
import { memberView } from '../member';
import { entryBonuses, SPENT_MEANWHILE } from '../points';
import type { ProgramHistory } from '../program';
import { refusal, success, type Result } from '../result';
import { decide, subjectsOf } from './decide';
import { skip, type Request } from '../decision';
import { NO_PROGRAM } from './lookUp';
import type { Outcome } from './outcome';
import { programHistory } from './programHistory';
import { Report, type Decided, type Run } from './report';
import { RowBook } from './rowBook';

/** After this many rounds of following up, something feeds itself; it is left to the next event. */
const MOST_ROUNDS = 6;

/**
 * Decides a batch of requests and records it: the one way into the ledger.
 *
 * Read, decide, append, read again, follow up, save the view. Nothing is given out as applied before it is in the ledger, and only
 * the run whose row came first gives it out, however many runs reported the same fact at once. Credits need no lock, because
 * replay lets only the first row of a key count. Spending does: it happens with the member's lease held, so that one redemption
 * waits for the other. A lease can be lost all the same, so afterwards the ledger itself is asked whether the points were there:
 * if not, the entry is voided and the member told to try again. A crash at any point leaves rows that the next run completes.
 *
 * Gives one outcome a request, in their order; refuses as a whole when no programme is published.
 */
export async function processRequests(
	requests: readonly Request[],
	ledger: Ledger,
	run: Run,
): Promise<Result<readonly Outcome[]>> {
	const published = await ledger.programs();
	const programs = programHistory(published);
	if (programs === null) return refusal('noProgram', NO_PROGRAM);
	const spenders = spendingMembers(requests);
	const isLocked = spenders.length === 0 || (await ledger.lock(spenders, run.writer));
	try {
		return success(await new Batch(requests, ledger, run, programs, isLocked).process());
	} finally {
		if (spenders.length > 0 && isLocked) await release(spenders, ledger, run);
	}
}

/** A lease that cannot be given back runs out by itself: no reason to hide what was recorded, or what failed before. */
async function release(members: readonly string[], ledger: Ledger, run: Run): Promise<void> {
	await ledger.unlock(members, run.writer).catch(() => undefined);
}

function spendingMembers(requests: readonly Request[]): string[] {
	const members = requests.flatMap((request) =>
		request.kind === 'redeem' ? [request.member] : [],
	);
	return [...new Set(members)].sort();
}

class Batch {
	constructor(
		private readonly requests: readonly Request[],
		private readonly ledger: Ledger,
		private readonly run: Run,
		private readonly programs: ProgramHistory,
		private isLocked: boolean,
	) {}

	async process(): Promise<Outcome[]> {
		const subjects = this.requests.map((request) => subjectsOf(request, this.programs.latest));
		let book = await this.read(merged(subjects));
		const decided = this.requests.map((request, index) =>
			this.decide(request, subjects[index], book),
		);
		const entries = decided.flatMap(({ decision }) => decision.entries);
		const all = merged(decided.map((one) => one.subjects));
		if (entries.length > 0) {
			await this.ledger.append(entries, this.run.writer);
			await this.checkLease(entries);
			book = await this.read(all);
		}
		book = await this.followUp(book, all);
		const members = this.membersIn(book, all);
		const states = new Map(members.map((member) => [member, this.stateOf(member, book)]));
		const report = new Report(book, states, this.programs, this.run);
		const outcomes = decided.map((one) => report.on(one));
		const changed = [...states.values()].filter((state) => state.upTo > 0);
		if (changed.length > 0)
			await this.ledger.saveMembers(changed.map((state) => memberView(state, this.programs)));
		return outcomes;
	}

	private async read(subjects: Subjects): Promise<RowBook> {
		if (subjects.members.length === 0 && subjects.orders.length === 0) return new RowBook([]);
		const rows = await this.ledger.read(subjects);
		const book = new RowBook(rows);
		const owners = subjects.orders.flatMap((order) => book.ownerOf(order) ?? []);
		const unread = [...new Set(owners)].filter((owner) => !subjects.members.includes(owner));
		if (unread.length === 0) return book;
		const more = await this.ledger.read({ members: unread, orders: [] });
		const known = new Set(rows.map((row) => row.seq));
		return new RowBook([...rows, ...more.filter((row) => !known.has(row.seq))]);
	}

	private decide(request: Request, asked: Subjects, book: RowBook): Decided {
		if (request.kind === 'redeem' && !this.isLocked) {
			const decision = skip(
				'busy',
				`Another redemption of ${request.member} is going on. Nothing was taken; try again in a moment.`,
			);
			return { request, subjects: asked, decision };
		}
		const owner = book.ownerOfAny(asked.orders);
		const subjects = owner === undefined ? asked : { members: [owner], orders: asked.orders };
		const [member] = subjects.members;
		const state = member === undefined ? null : this.stateOf(member, book);
		const decision = decide(request, {
			rows: book.about(subjects),
			state,
			program: this.programs.latest,
			programs: this.programs,
			now: this.run.now,
		});
		for (const entry of decision.entries) book.foresee(entry, this.run.writer);
		return { request, subjects, decision };
	}

	private async checkLease(entries: readonly AnyEntry[]): Promise<void> {
		const spenders = entries.flatMap((entry) => (entry.kind === 'redeem' ? [entry.member] : []));
		if (spenders.length > 0)
			this.isLocked = await this.ledger.holdsLock([...new Set(spenders)].sort(), this.run.writer);
	}

	/**
	 * Completes what rows of several runs, or of one that crashed, leave to be done. Every follow-up has a key of its own, so
	 * doing it twice is harmless.
	 */
	private async followUp(book: RowBook, subjects: Subjects): Promise<RowBook> {
		for (let round = 0; round < MOST_ROUNDS; round += 1) {
			const due = this.membersIn(book, subjects).flatMap((member) => this.dueFor(member, book));
			if (due.length === 0) return book;
			await this.ledger.append(due, this.run.writer);
			book = await this.read(subjects);
		}
		return book;
	}

	/**
	 * What is wrong is taken back first. Then facts that came before their order get their owner, and tiers that were reached
	 * their bonus.
	 */
	private dueFor(member: string, book: RowBook): AnyEntry[] {
		const rows = book.ofMember(member);
		const counted = countedRows(rows);
		const state = replay(member, counted, this.programs, this.run.now);
		const wrong = [
			...counted
				.filter((row) => this.isOverspent(row, counted, state))
				.map((row) => voidOf(row, row.writer, SPENT_MEANWHILE)),
			...counted
				.filter((row) => row.kind === 'earn' && book.ownerOf(row.order ?? '') !== member)
				.map((row) => voidOf(row, row.writer, 'the order was counted for somebody else first')),
		];
		if (wrong.length > 0) return wrong;
		const adopted = book.waitingFor(member).map((row) => adoptedBy(member, row));
		const bonuses = entryBonuses(state, this.programs.latest, this.run.now);
		return [
			...adopted,
			...bonuses.filter((bonus) => !counted.some((row) => row.key === bonus.key)),
		];
	}

	/**
	 * Whether this run spent what somebody else had spent at the same moment: because by its place in the ledger there were too
	 * few points left, or because the lease was lost and somebody else has redeemed since.
	 */
	private isOverspent(row: Row, counted: readonly Row[], state: MemberState): boolean {
		if (row.kind !== 'redeem' || row.writer !== this.run.writer) return false;
		if (state.overdrawn.has(row.key)) return true;
		return (
			!this.isLocked &&
			counted.some(
				(other) =>
					other.kind === 'redeem' &&
					other.writer !== row.writer &&
					other.occurredAt >= row.occurredAt,
			)
		);
	}

	private membersIn(book: RowBook, subjects: Subjects): string[] {
		const owners = subjects.orders.flatMap((order) => book.ownerOf(order) ?? []);
		return [...new Set([...subjects.members, ...owners])].sort();
	}

	private stateOf(member: string, book: RowBook): MemberState {
		return replay(member, book.ofMember(member), this.programs, this.run.now);
	}
}

function merged(subjects: readonly Subjects[]): Subjects {
	return {
		members: [...new Set(subjects.flatMap(({ members }) => members))],
		orders: [...new Set(subjects.flatMap(({ orders }) => orders))],
	};
}
