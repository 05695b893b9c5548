import type { PreparedProgram } from '../program';
import type { QualifyingMovement } from './movement';
import { windowStart } from './qualifyingWindow';

interface Sums {
	spend: number;
	orders: number;
	points: number;
}

interface Purchase extends Sums {
	readonly at: string;
}

/**
 * The numbers over a window that moves forward with time, kept up in one pass over all movements.
 * A refund lowers the purchase it belongs to, and leaves the window with it.
 */
export class SlidingWindow {
	private readonly lifetime: Sums = { spend: 0, orders: 0, points: 0 };
	private readonly inside: Sums = { spend: 0, orders: 0, points: 0 };
	private readonly purchases: Purchase[] = [];
	private included = 0;
	private firstInside = 0;
	private start = '';
	private program: PreparedProgram | null = null;

	/** `movements` must be sorted by `at`. */
	constructor(
		private readonly movements: readonly QualifyingMovement[],
		private readonly joinedAt: string | null,
	) {}

	/** Counts the movements up to the one at `index`, that one included. */
	includeUpTo(index: number): void {
		for (; this.included <= index; this.included += 1) this.include(this.movements[this.included]);
	}

	/**
	 * What the metric of the programme's ladder can be at most over a window that ends with what is included: windows only move on,
	 * and no refund exceeds its purchase. It costs nothing, and mostly it is too little for the next tier.
	 */
	atMost(program: PreparedProgram): number {
		const sums = program === this.program ? this.inside : this.lifetime;
		return sums[program.program.tiers.metric];
	}

	/** The metric of the programme's ladder over its window ending at `at`. */
	endingAt(at: string, program: PreparedProgram): number {
		const start = windowStart(program, at, this.joinedAt);
		// Another version may look further back: then what had left comes in again.
		while (this.firstInside > 0 && this.purchases[this.firstInside - 1].at >= start) {
			this.firstInside -= 1;
			add(this.inside, this.purchases[this.firstInside]);
		}
		for (; this.purchases[this.firstInside]?.at < start; this.firstInside += 1)
			subtract(this.inside, this.purchases[this.firstInside]);
		this.start = start;
		this.program = program;
		return this.inside[program.program.tiers.metric];
	}

	private include(movement: QualifyingMovement): void {
		const { belongsTo, spend, orders, points } = movement;
		const { purchases } = this;
		add(this.lifetime, movement);
		if (belongsTo >= this.start) add(this.inside, movement);
		const last = purchases[purchases.length - 1];
		if (last === undefined || last.at < belongsTo) {
			purchases.push({ at: belongsTo, spend, orders, points });
			return;
		}
		const index = this.placeOf(belongsTo);
		const purchase = purchases[index];
		if (purchase.at === belongsTo) {
			add(purchase, movement);
		} else {
			purchases.splice(index, 0, { at: belongsTo, spend, orders, points });
			if (index < this.firstInside) this.firstInside += 1;
		}
	}

	/** Where a purchase of that time stands, or the next later one. */
	private placeOf(at: string): number {
		const { purchases } = this;
		let low = 0;
		let high = purchases.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (purchases[middle].at < at) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

function add(sums: Sums, part: Readonly<Sums>): void {
	sums.spend += part.spend;
	sums.orders += part.orders;
	sums.points += part.points;
}

function subtract(sums: Sums, part: Readonly<Sums>): void {
	sums.spend -= part.spend;
	sums.orders -= part.orders;
	sums.points -= part.points;
}
