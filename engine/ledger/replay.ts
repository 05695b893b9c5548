import { multiplyRatio, ratio, roundRatio } from '../money';
import type { ProgramHistory } from '../program';
import { memberTier, type QualifyingMovement } from '../tier';
import type { CreditFacts, Row } from './entry';
import { factKey } from './entryKey';
import { givenBack, type GivenBack } from './givenBack';
import { Inactivity } from './inactivity';
import { isAvailable, isLapsed, LotPool, total, type Lot } from './lot';
import type { MemberState, PointsAt } from './memberState';
import { openAccount, type OrderAccount } from './orderAccount';
import { Profiles } from './profile';
import { addCreditMovements, addOrderMovements } from './qualifying';

/**
 * A member's state at `now` from the rows of the ledger, in the order of their ids (rules 5 to 8, 10, 21 to 26).
 *
 * `rows` are all rows that name the member; others are passed over. So a fact that was known before anybody knew whose it
 * was counts from the row that gave it to the member, and whoever reads the member's rows arrives at the same state. Of rows
 * with one key the first counts; rows taken back by a void count for nothing. Rows need not be sorted. Time is linear in the
 * number of rows, but for the logarithm of a heap where lots come in another order than they lapse in.
 */
export function replay(
	member: string,
	rows: readonly Row[],
	programs: ProgramHistory,
	now: string,
): MemberState {
	return new Replay(member, countedRows(rows, member), programs, now).state();
}

/**
 * One member's rows that count, in the order they were appended: the first of each key, without what was voided.
 * All rows must be that member's, or `member` say whose are wanted.
 */
export function countedRows(rows: readonly Row[], member?: string): Row[] {
	let isSorted = true;
	let last = 0;
	let voided: Set<string> | null = null;
	for (const row of rows) {
		if (row.seq < last) isSorted = false;
		last = row.seq;
		if (row.kind === 'void' && (member === undefined || row.member === member))
			(voided ??= new Set()).add(`${row.facts.writer} ${row.facts.voided}`);
	}
	const counted: Row[] = [];
	const seen = new Set<string>();
	for (const row of isSorted ? rows : [...rows].sort((a, b) => a.seq - b.seq)) {
		if (member !== undefined && row.member !== member) continue;
		if (voided?.has(`${row.writer} ${row.key}`) === true) continue;
		const known = seen.size;
		if (seen.add(factKey(row.key)).size > known) counted.push(row);
	}
	return counted;
}

interface Redemption {
	readonly key: string;
	readonly at: string;
	readonly points: number;
	readonly takings: readonly { readonly lot: Lot; readonly points: number; returned: number }[];
	returned: number;
}

class Replay {
	private readonly pool = new LotPool();
	private readonly orders = new Map<string, OrderAccount>();
	private readonly accounts: OrderAccount[] = [];
	private readonly redemptions = new Map<string, Redemption>();
	private readonly overdrawn = new Set<string>();
	private readonly bonuses: { readonly row: Row; readonly lot: Lot }[] = [];
	private inactivity: Inactivity | null = null;
	private readonly profiles = new Profiles();
	private joinedAt: string | null = null;
	/** When they joined by asking or with an account; undefined while nobody wanted to know. */
	private firstJoin: string | null | undefined;
	private lastActivityAt: string | null = null;
	private owed = 0;
	private issued = 0;
	private takenBack = 0;
	private redeemed = 0;
	private returned = 0;
	private adjustedDown = 0;
	private upTo = 0;

	constructor(
		private readonly member: string,
		private readonly rows: readonly Row[],
		private readonly programs: ProgramHistory,
		private readonly now: string,
	) {
		for (const row of rows) {
			this.apply(row);
			if (row.seq > this.upTo) this.upTo = row.seq;
			if (isActivity(row) && (this.lastActivityAt === null || row.occurredAt > this.lastActivityAt))
				this.lastActivityAt = row.occurredAt;
		}
	}

	private apply(row: Row): void {
		switch (row.kind) {
			case 'earn':
				return this.earn(row);
			case 'refund': {
				const account = this.account(row);
				account.refunds = [...account.refunds, row];
				return this.settle(account);
			}
			case 'cancel': {
				const account = this.account(row);
				account.cancel ??= row;
				return this.settle(account);
			}
			case 'fulfil': {
				const account = this.account(row);
				account.fulfil ??= row;
				return this.deliver(account);
			}
			case 'award':
			case 'tierBonus':
				this.joined(row.occurredAt);
				this.bonuses.push({ row, lot: this.credit(row, row.points, row.facts) });
				return;
			case 'adjust':
				this.joined(row.occurredAt);
				if (row.points >= 0) this.credit(row, row.points, row.facts);
				else this.adjustDown(-row.points, row.occurredAt);
				return;
			case 'redeem':
				return this.redeem(row);
			case 'join':
				this.profiles.hear(row.facts.profile);
				return this.joined(row.occurredAt);
			case 'void':
			case 'expire':
				return;
		}
	}

	private earn(row: Row & { kind: 'earn' }): void {
		const account = this.account(row);
		account.earn = row;
		this.profiles.hear(row.facts.profile);
		if (!this.isClaimed(row)) return;
		if (row.facts.claim === 'always') this.joined(row.occurredAt);
		account.lot = this.credit(row, row.facts.proportional + row.facts.fixed, row.facts);
		this.deliver(account);
		this.settle(account);
	}

	/** Rule 16: an order before joining is kept, and counts once its buyer joins where the programme says so. */
	private isClaimed({ facts: { claim }, occurredAt }: Row & { kind: 'earn' }): boolean {
		if (claim === 'always') return true;
		if (this.firstJoin === undefined) this.firstJoin = earliestJoin(this.rows);
		if (this.firstJoin === null) return false;
		return claim === 'onceJoined' || this.firstJoin <= occurredAt;
	}

	private deliver({ fulfil, lot }: OrderAccount): void {
		if (fulfil !== null && lot !== null && lot.availableAt === null)
			this.pool.release(lot, fulfil.facts.availableAt);
	}

	/** Opens a lot; whatever is owed is paid from it first (rule 7). */
	private credit(row: Row, points: number, facts: CreditFacts): Lot {
		this.issued += points;
		const left = this.payOwed(points);
		const { key, occurredAt } = row;
		const lapse = this.lapseOf(row, facts);
		return this.pool.open(key, occurredAt, points, left, facts.availableAt, lapse);
	}

	private lapseOf(row: Row, { expiresAt, inactivityMonths }: CreditFacts): string | null {
		if (inactivityMonths === null || expiresAt === null) return expiresAt;
		this.inactivity ??= new Inactivity(
			this.rows.filter(isActivity).map(({ occurredAt }) => occurredAt),
			this.programs.latest.program.timeZone,
		);
		return this.inactivity.lapseOf(row.occurredAt, expiresAt, inactivityMonths);
	}

	private adjustDown(points: number, at: string): void {
		this.adjustedDown += points;
		this.owed += points - total(this.pool.takeAny(points, at));
	}

	private redeem(row: Row & { kind: 'redeem' }): void {
		const points = -row.points;
		this.redeemed += points;
		const takings = this.pool.take(points, row.occurredAt);
		const short = points - total(takings);
		if (short > 0) {
			this.overdrawn.add(row.key);
			const pending = this.pool.takeAny(short, row.occurredAt);
			takings.push(...pending);
			this.owed += short - total(pending);
		}
		this.redemptions.set(row.facts.code.toLowerCase(), {
			key: row.key,
			at: row.occurredAt,
			points,
			takings: takings.map(({ lot, points: taken }) => ({ lot, points: taken, returned: 0 })),
			returned: 0,
		});
	}

	/**
	 * Brings an order's account up to what all its refunds and cancellations together demand. What was taken before counts, so
	 * each refund takes exactly its own part (rule 22).
	 */
	private settle(account: OrderAccount): void {
		const { earn, lot } = account;
		if (earn === null || lot === null) return;
		if (account.refunds.length === 0 && account.cancel === null) return;
		const back = givenBack(earn.facts, account.refunds, account.cancel !== null);
		account.back = back;
		this.takeBack(account, lot, back.points);
		this.returnRedeemed(earn.facts.discountCodes, back, lastFact(account));
	}

	/**
	 * Rule 23: the order's own points first, be they pending, spendable or lapsed; what the member has spent of them is taken
	 * as the programme says that decided the order.
	 */
	private takeBack(account: OrderAccount, lot: Lot, demanded: number): void {
		const { earn } = account;
		if (earn === null) return;
		const policy = this.programs.at(earn.programVersion).program.refunds.whenSpent;
		const allowed = policy === 'pendingOnly' ? this.demandedWhilePending(account, lot) : demanded;
		const points = allowed - account.taken - (policy === 'available' ? account.uncollected : 0);
		if (points > 0) {
			const own = this.pool.takeFrom(lot, points);
			const others =
				policy === 'pendingOnly' ? 0 : total(this.pool.takeAny(points - own, lastFact(account)));
			const debt = policy === 'negative' ? points - own - others : 0;
			this.owed += debt;
			account.taken += own + others + debt;
			this.takenBack += own + others + debt;
		}
		account.uncollected = demanded - account.taken;
	}

	private demandedWhilePending({ earn, refunds, cancel }: OrderAccount, lot: Lot): number {
		if (earn === null) return 0;
		const early = refunds.filter((refund) => !isAvailable(lot, refund.occurredAt));
		const isCancelled = cancel !== null && !isAvailable(lot, cancel.occurredAt);
		return givenBack(earn.facts, early, isCancelled).points;
	}

	/** Rule 24: points spent on this order go back to the very lots they came from, under their old expiry. */
	private returnRedeemed(discountCodes: readonly string[], back: GivenBack, at: string): void {
		for (const code of discountCodes) {
			const redemption = this.redemptions.get(code.toLowerCase());
			if (redemption === undefined) continue;
			const due = back.everything
				? redemption.points
				: roundRatio(multiplyRatio(ratio(redemption.points), back.money), 'floor');
			let points = due - redemption.returned;
			if (points <= 0) continue;
			redemption.returned = due;
			this.returned += points;
			for (const taking of [...redemption.takings].reverse()) {
				const given = Math.min(points, taking.points - taking.returned);
				if (given === 0) continue;
				taking.returned += given;
				points -= given;
				// What has lapsed meanwhile comes back lapsed, so it pays nothing either.
				this.pool.giveBack(taking.lot, isLapsed(taking.lot, at) ? given : this.payOwed(given));
			}
			if (points > 0) this.returnDebt(redemption, this.payOwed(points));
		}
	}

	/** Pays what is owed from points; gives what is left of them. */
	private payOwed(points: number): number {
		const paid = Math.min(this.owed, points);
		this.owed -= paid;
		return points - paid;
	}

	/** What was redeemed as a debt and paid by later credits has no lot to go back to, so it gets one that does not lapse. */
	private returnDebt({ key, at }: Redemption, points: number): void {
		if (points === 0) return;
		this.pool.open(key, at, points, points, at, null);
	}

	private account(row: Row): OrderAccount {
		const ref = row.order ?? row.key;
		let account = this.orders.get(ref);
		if (account === undefined) {
			account = openAccount(ref);
			this.orders.set(ref, account);
			this.accounts.push(account);
		}
		return account;
	}

	private joined(at: string): void {
		if (this.joinedAt === null || at < this.joinedAt) this.joinedAt = at;
	}

	private movements(): QualifyingMovement[] {
		const movements: QualifyingMovement[] = [];
		for (const account of this.accounts) addOrderMovements(movements, account, this.programs);
		for (const { row, lot } of this.bonuses) addCreditMovements(movements, row, lot, this.programs);
		return sortedByTime(movements);
	}

	state(): MemberState {
		const { now } = this;
		let spendable = 0;
		let pending = 0;
		let expired = 0;
		let nextExpiry: PointsAt | null = null;
		let nextAvailable: PointsAt | null = null;
		for (const lot of this.pool.lots) {
			if (lot.remaining === 0) continue;
			if (isLapsed(lot, now)) {
				expired += lot.remaining;
				continue;
			}
			if (isAvailable(lot, now)) spendable += lot.remaining;
			else {
				pending += lot.remaining;
				nextAvailable = soonest(nextAvailable, lot.availableAt, lot.remaining);
			}
			nextExpiry = soonest(nextExpiry, lot.expiresAt, lot.remaining);
		}
		let orders = 0;
		let spend = 0;
		let heldOrders = 0;
		for (const { earn, lot, back } of this.accounts) {
			if (earn === null) continue;
			if (lot === null) {
				heldOrders += 1;
				continue;
			}
			if (back?.everything !== true) orders += 1;
			spend += earn.facts.basis - (back?.spend ?? 0);
		}
		const movements = this.movements();
		return {
			member: this.member,
			at: now,
			isMember: this.joinedAt !== null,
			joinedAt: this.joinedAt,
			profile: this.profiles.latest(this.rows),
			spendable,
			pending,
			owed: this.owed,
			balance: spendable + pending - this.owed,
			nextAvailable,
			nextExpiry,
			lifetimeEarned: this.issued - this.takenBack,
			redeemed: this.redeemed - this.returned,
			expired,
			orders,
			spend,
			lastActivityAt: this.lastActivityAt,
			tier: memberTier(movements, this.programs, now, this.joinedAt),
			movements,
			heldOrders,
			overdrawn: this.overdrawn,
			lots: this.pool.lots,
			orderAccounts: this.orders,
			books: {
				issued: this.issued,
				takenBack: this.takenBack,
				redeemed: this.redeemed,
				returned: this.returned,
				adjustedDown: this.adjustedDown,
				expired,
				inLots: spendable + pending,
				owed: this.owed,
			},
			upTo: this.upTo,
		};
	}
}

/** What a member does themselves; being refunded or adjusted is not a sign of life. */
function isActivity(row: Row): boolean {
	return (
		row.kind === 'earn' || row.kind === 'redeem' || row.kind === 'award' || row.kind === 'join'
	);
}

function earliestJoin(rows: readonly Row[]): string | null {
	let first: string | null = null;
	for (const row of rows)
		if (row.kind === 'join' && (first === null || row.occurredAt < first)) first = row.occurredAt;
	return first;
}

function lastFact({ refunds, cancel }: OrderAccount): string {
	return refunds.reduce(
		(last, refund) => (refund.occurredAt > last ? refund.occurredAt : last),
		cancel?.occurredAt ?? '',
	);
}

function soonest(known: PointsAt | null, at: string | null, points: number): PointsAt | null {
	if (at === null || (known !== null && known.at < at)) return known;
	return known !== null && known.at === at ? { points: known.points + points, at } : { points, at };
}

/** By time; at one instant what was taken off comes first, so that nothing depends on the order of arrival. */
function sortedByTime(movements: QualifyingMovement[]): QualifyingMovement[] {
	for (let index = 1; index < movements.length; index += 1) {
		const earlier = movements[index - 1];
		const later = movements[index];
		if (earlier.at < later.at) continue;
		if (byTime(earlier, later) > 0) return movements.sort(byTime);
	}
	return movements;
}

function byTime(a: QualifyingMovement, b: QualifyingMovement): number {
	if (a.at !== b.at) return a.at < b.at ? -1 : 1;
	return a.spend + a.orders + a.points - (b.spend + b.orders + b.points);
}
