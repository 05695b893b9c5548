import type { PreparedProgram } from '../program';
import type { QualifyingMovement } from './movement';
import { windowStart } from './qualifyingWindow';

interface Sums {
	spend: number;
	orders: number;
	points: number;
}

/** What is left of the purchases of one moment. */
type Purchase = Readonly<Sums> & Pick<QualifyingMovement, 'belongsTo'>;

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
		while (this.firstInside > 0 && this.purchases[this.firstInside - 1].belongsTo >= start) {
			this.firstInside -= 1;
			add(this.inside, this.purchases[this.firstInside]);
		}
		for (; this.purchases[this.firstInside]?.belongsTo < start; this.firstInside += 1)
			subtract(this.inside, this.purchases[this.firstInside]);
		this.start = start;
		this.program = program;
		return this.inside[program.program.tiers.metric];
	}

	private include(movement: QualifyingMovement): void {
		const { purchases } = this;
		add(this.lifetime, movement);
		if (movement.belongsTo === movement.at) {
			// Made at its own time, a purchase is the latest so far, and inside every window that ended before.
			purchases.push(movement);
			add(this.inside, movement);
			return;
		}
		const { belongsTo } = movement;
		if (belongsTo >= this.start) add(this.inside, movement);
		const index = this.placeOf(belongsTo);
		const purchase = purchases[index];
		if (purchase?.belongsTo === belongsTo) {
			purchases[index] = together(purchase, movement);
		} else {
			purchases.splice(index, 0, movement);
			if (index < this.firstInside) this.firstInside += 1;
		}
	}

	/** Where the first purchase of that time stands or belongs. */
	private placeOf(at: string): number {
		const { purchases } = this;
		let low = 0;
		let high = purchases.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (purchases[middle].belongsTo < at) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

function together(purchase: Purchase, change: Purchase): Purchase {
	return {
		belongsTo: purchase.belongsTo,
		spend: purchase.spend + change.spend,
		orders: purchase.orders + change.orders,
		points: purchase.points + change.points,
	};
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
