import { LotQueue } from './lotQueue';

/**
 * Points from one credit, with one date on which they become spendable and one on which they lapse.
 * Instants are ISO 8601 UTC, so they compare as text; null in `availableAt` means "not before delivery", null in
 * `expiresAt` means never.
 */
export interface Lot {
	/** Key of the entry that opened it. */
	readonly key: string;
	/** What the credit was worth when it was written. */
	readonly credited: number;
	/** What is left of it. */
	remaining: number;
	availableAt: string | null;
	expiresAt: string | null;
	readonly openedAt: string;
	/** Place in the order of credits: the tie-break among lots that lapse together and are equally old. */
	readonly position: number;
	/** Whether one of the pool's heaps holds it. */
	queued: boolean;
}

const NEVER = '~';

/**
 * The lots of one member, taken from in the order of rule 7: the lot that lapses soonest first, never-lapsing ones last, ties
 * by age. Lots that have lapsed at the time of the taking are passed over, whether or not a job has recorded it: at its own
 * time, also where it is heard of after a later one.
 */
export class LotPool {
	readonly lots: Lot[] = [];
	private readonly spendable = new LotQueue(lapsesBefore);
	private readonly waiting = new LotQueue(isAvailableBefore);
	private readonly undelivered = new Set<Lot>();
	private clock = '';

	open(
		key: string,
		openedAt: string,
		credited: number,
		remaining: number,
		availableAt: string | null,
		expiresAt: string | null,
	): Lot {
		const opened: Lot = {
			key,
			credited,
			remaining,
			availableAt,
			expiresAt,
			openedAt,
			position: this.lots.length,
			queued: false,
		};
		this.lots.push(opened);
		this.queue(opened);
		return opened;
	}

	/** The order was delivered: its points start to run. */
	release(lot: Lot, availableAt: string): void {
		lot.availableAt = availableAt;
		this.undelivered.delete(lot);
		this.queue(lot);
	}

	/** Takes from one lot, spendable or not; gives what was taken. */
	takeFrom(lot: Lot, points: number): number {
		const taken = Math.min(lot.remaining, points);
		lot.remaining -= taken;
		return taken;
	}

	/** Puts points back into the very lot they came from, under its old expiry. */
	giveBack(lot: Lot, points: number): void {
		lot.remaining += points;
		this.queue(lot);
	}

	/**
	 * Takes up to `points` from whatever has not lapsed at `at`: what may be spent first, then what becomes spendable soonest,
	 * then what waits for delivery.
	 */
	takeAny(points: number, at: string): Taking[] {
		const takings = this.take(points, at);
		const missing = points - total(takings);
		if (missing === 0) return takings;
		const lots = at < this.clock ? this.lots : [...this.waiting.all(), ...this.undelivered];
		const later = lots.filter((lot) => lot.remaining > 0 && !isLapsed(lot, at));
		return [...takings, ...this.takeInOrder(later.sort(inOrder(isAvailableBefore)), missing)];
	}

	/** Takes up to `points` from what may be spent at `at`; gives what came from which lot. */
	take(points: number, at: string): Taking[] {
		if (points === 0) return [];
		if (at < this.clock) return this.takeInThePast(points, at);
		this.advance(at);
		const takings: Taking[] = [];
		let missing = points;
		while (missing > 0) {
			const lot = this.spendable.peek();
			if (lot === undefined) break;
			if (lot.remaining === 0 || isLapsed(lot, this.clock)) {
				this.spendable.pop();
				lot.queued = false;
				continue;
			}
			const taken = this.takeFrom(lot, missing);
			takings.push({ lot, points: taken });
			missing -= taken;
		}
		return takings;
	}

	/** The heaps know only the present; a taking that is dated before another one looks at every lot. */
	private takeInThePast(points: number, at: string): Taking[] {
		const lots = this.lots.filter(
			(lot) => lot.remaining > 0 && isAvailable(lot, at) && !isLapsed(lot, at),
		);
		return this.takeInOrder(lots.sort(inOrder(lapsesBefore)), points);
	}

	private takeInOrder(lots: readonly Lot[], points: number): Taking[] {
		const takings: Taking[] = [];
		let missing = points;
		for (const lot of lots) {
			if (missing === 0) break;
			const taken = this.takeFrom(lot, missing);
			takings.push({ lot, points: taken });
			missing -= taken;
		}
		return takings;
	}

	private queue(lot: Lot): void {
		if (lot.queued || lot.remaining === 0) return;
		if (lot.availableAt === null) {
			this.undelivered.add(lot);
			return;
		}
		lot.queued = true;
		if (lot.availableAt <= this.clock) this.spendable.push(lot);
		else this.waiting.push(lot);
	}

	private advance(at: string): void {
		this.clock = at;
		for (;;) {
			const lot = this.waiting.peek();
			if (lot === undefined || lot.availableAt === null || lot.availableAt > this.clock) return;
			this.waiting.pop();
			this.spendable.push(lot);
		}
	}
}

export interface Taking {
	readonly lot: Lot;
	readonly points: number;
}

/** What takings add up to. */
export function total(takings: readonly Taking[]): number {
	return takings.reduce((sum, taking) => sum + taking.points, 0);
}

/** Whether a lot's points are gone at an instant (rule 8). */
export function isLapsed(lot: Pick<Lot, 'expiresAt'>, at: string): boolean {
	return lot.expiresAt !== null && lot.expiresAt <= at;
}

/** Whether a lot's points may be spent at an instant, lapse apart. */
export function isAvailable(lot: Pick<Lot, 'availableAt'>, at: string): boolean {
	return lot.availableAt !== null && lot.availableAt <= at;
}

function lapsesBefore(a: Lot, b: Lot): boolean {
	const left = a.expiresAt ?? NEVER;
	const right = b.expiresAt ?? NEVER;
	return left === right ? isOlder(a, b) : left < right;
}

function isAvailableBefore(a: Lot, b: Lot): boolean {
	const left = a.availableAt ?? NEVER;
	const right = b.availableAt ?? NEVER;
	return left === right ? isOlder(a, b) : left < right;
}

/** By when the points were earned, whatever was heard of first. */
function isOlder(a: Lot, b: Lot): boolean {
	return a.openedAt === b.openedAt ? a.position < b.position : a.openedAt < b.openedAt;
}

function inOrder(comesBefore: (a: Lot, b: Lot) => boolean): (a: Lot, b: Lot) => number {
	return (a, b) => (comesBefore(a, b) ? -1 : 1);
}
