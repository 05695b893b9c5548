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
	/** Since ever: never less than any window, because no refund exceeds its purchase. */
	readonly lifetime: Sums = { spend: 0, orders: 0, points: 0 };
	private readonly inside: Sums = { spend: 0, orders: 0, points: 0 };
	private readonly purchases: Purchase[] = [];
	private firstInside = 0;
	private start = '';

	constructor(private readonly joinedAt: string | null) {}

	include(movement: QualifyingMovement): void {
		add(this.lifetime, movement);
		const index = this.placeOf(movement.belongsTo);
		const purchase = this.purchases[index];
		if (purchase?.at === movement.belongsTo) {
			add(purchase, movement);
		} else {
			const { spend, orders, points } = movement;
			this.purchases.splice(index, 0, { at: movement.belongsTo, spend, orders, points });
			if (index < this.firstInside) this.firstInside += 1;
		}
		if (movement.belongsTo >= this.start) add(this.inside, movement);
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
		return this.inside[program.program.tiers.metric];
	}

	/** Where a purchase of that time stands or belongs; new ones come at the end, so the search begins there. */
	private placeOf(at: string): number {
		const { purchases } = this;
		const last = purchases[purchases.length - 1];
		if (last === undefined || last.at < at) return purchases.length;
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
