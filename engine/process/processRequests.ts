import {
	replay,
	type AnyEntry,
	type Ledger,
	type MemberState,
	type Row,
	type Subjects,
} from '../ledger';
import { memberView } from '../member';
import { entryBonus } from '../points';
import type { ProgramHistory } from '../program';
import { refusal, success, type Result } from '../result';
import { decide, subjectsOf } from './decide';
import { skip, type Decision } from './decision';
import { NO_PROGRAM } from './lookUp';
import { redemptionOf, viewOf, type Outcome } from './outcome';
import { programHistory } from './programHistory';
import type { Request } from './request';
import { RowBook } from './rowBook';

/** What a run brings along, since the engine has neither a clock nor chance. */
export interface Run {
	readonly now: string;
	/** Unlike any other run's: tells own rows from those of others. */
	readonly writer: string;
}

/** After this many rounds of following up, something feeds itself; it is left to the next event. */
const MOST_ROUNDS = 6;

/**
 * Decides a batch of requests and records it: the one way into the ledger.
 *
 * Read, decide, append, read again, follow up, save the view. Nothing is given out as applied before it is in the ledger, and only
 * the run whose row came first gives it out, however many runs reported the same fact at once. Credits need no lock, because
 * replay lets only the first row of a key count. Spending does: it happens with the member's lease held, and if the lease
 * was lost meanwhile the entry is voided and the member told to try again. A crash at any point leaves rows that the next run
 * completes.
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
		if (spenders.length > 0 && isLocked) await ledger.unlock(spenders, run.writer);
	}
}

function spendingMembers(requests: readonly Request[]): string[] {
	const members = requests.flatMap((request) =>
		request.kind === 'redeem' ? [request.member] : [],
	);
	return [...new Set(members)].sort();
}

interface Decided {
	readonly request: Request;
	readonly subjects: Subjects;
	readonly decision: Decision;
}

class Batch {
	constructor(
		private readonly requests: readonly Request[],
		private readonly ledger: Ledger,
		private readonly run: Run,
		private readonly programs: ProgramHistory,
		private readonly isLocked: boolean,
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
			await this.confirmLease(decided);
			book = await this.read(all);
		}
		book = await this.followUp(book, all);
		const members = this.membersIn(book, all);
		const states = new Map(members.map((member) => [member, this.stateOf(member, book)]));
		const outcomes = decided.map((one) => this.outcome(one, book, states));
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
		const owner = asked.orders
			.map((order) => book.ownerOf(order))
			.find((found) => found !== undefined);
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

	/** Who spent without the lease that they thought they had takes it back: somebody else may have spent the same points. */
	private async confirmLease(decided: readonly Decided[]): Promise<void> {
		const redemptions = decided
			.flatMap(({ decision }) => decision.entries)
			.filter((entry) => entry.kind === 'redeem');
		if (redemptions.length === 0) return;
		const members = [...new Set(redemptions.map((entry) => entry.member))].sort();
		if (await this.ledger.holdsLock(members, this.run.writer)) return;
		await this.ledger.append(
			redemptions.map((entry) => voidOf(entry)),
			this.run.writer,
		);
	}

	/**
	 * Completes what rows of several runs, or of one that crashed, leave to be done: gives rows that came before their order their
	 * owner, and bonuses for tiers that were reached. Every follow-up has a key of its own, so doing it twice is harmless.
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

	private dueFor(member: string, book: RowBook): AnyEntry[] {
		const rows = book.ofMember(member);
		const own = new Set(rows.filter((row) => row.member === member).map((row) => row.key));
		const adopted = rows
			.filter((row) => row.member === '' && !own.has(row.key))
			.map((row) => adoptedBy(member, row));
		const bonus = entryBonus(this.stateOf(member, book), this.programs.latest, this.run.now);
		return bonus === null || own.has(bonus.key) ? adopted : [...adopted, bonus];
	}

	private membersIn(book: RowBook, subjects: Subjects): string[] {
		const owners = subjects.orders.flatMap((order) => book.ownerOf(order) ?? []);
		return [...new Set([...subjects.members, ...owners])].sort();
	}

	private stateOf(member: string, book: RowBook): MemberState {
		return replay(member, book.ofMember(member), this.programs, this.run.now);
	}

	private outcome(
		{ request, subjects, decision }: Decided,
		book: RowBook,
		states: ReadonlyMap<string, MemberState>,
	): Outcome {
		const [member] = this.membersIn(book, {
			members: subjects.members.slice(0, 1),
			orders: subjects.orders,
		}).slice(-1);
		const state = (member === undefined ? undefined : states.get(member)) ?? null;
		const row = decision.key === null ? undefined : book.first(decision.key, subjects);
		const isOwn =
			row !== undefined && row.writer === this.run.writer && decision.entries.length > 0;
		const isVoid =
			row !== undefined && book.about(subjects).some((other) => other.key === `void:${row.key}`);
		const change = isOwn && state !== null ? this.changeBy(row, state.member, book) : null;
		const reason =
			decision.skipped ??
			(isVoid
				? {
						code: 'tryAgain',
						message:
							'The redemption took too long and was taken back; no points were lost. Try again.',
					}
				: isOwn
					? null
					: {
							code: 'alreadyCounted',
							message:
								'The same was reported by another delivery at the same moment and counted there; nothing was added.',
						});
		return {
			applied: reason === null,
			reason,
			request,
			points: reason === null ? (change?.points ?? 0) : 0,
			summary: row?.summary ?? '',
			previousTier: change?.previousTier ?? state?.tier.current?.level.name ?? '',
			tierChanged: change?.tierChanged ?? false,
			member: viewOf(state, this.programs),
			redemption:
				row?.kind === 'redeem' && !isVoid && decision.skipped?.code !== 'requestIdReused'
					? redemptionOf({ ...row.facts, points: -row.points })
					: null,
		};
	}

	/**
	 * What a row changed, by its place in the ledger: the state up to it against the state before it. So of two orders that together
	 * lift a tier, exactly one reports it, whichever runs saw what.
	 */
	private changeBy(row: Row, member: string, book: RowBook) {
		const rows = book.ofMember(member);
		const before = replay(
			member,
			rows.filter((other) => other.seq < row.seq),
			this.programs,
			this.run.now,
		);
		const after = replay(
			member,
			rows.filter((other) => other.seq <= row.seq),
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

function merged(subjects: readonly Subjects[]): Subjects {
	return {
		members: [...new Set(subjects.flatMap(({ members }) => members))],
		orders: [...new Set(subjects.flatMap(({ orders }) => orders))],
	};
}

function adoptedBy(member: string, { seq: _seq, writer: _writer, ...entry }: Row): AnyEntry {
	return { ...entry, member } as AnyEntry;
}

function voidOf(entry: AnyEntry): AnyEntry {
	return {
		key: `void:${entry.key}`,
		kind: 'void',
		member: entry.member,
		order: entry.order,
		points: -entry.points,
		occurredAt: entry.occurredAt,
		programVersion: entry.programVersion,
		summary: 'Taken back: the redemption took longer than its lease',
		facts: { voided: entry.key, reason: 'lease lost' },
	};
}
