import type { OrderLine } from '../types';

/** The lines of one order that counts, and the row of its customer. */
export interface PurchasedLines {
	readonly row: number;
	readonly lines: readonly OrderLine[];
}

/**
 * The categories and products each customer buys most often.
 *
 * Often is counted in orders that hold the category or product, not in pieces or money: twenty orders of
 * coffee say more about a taste than one television. Equal counts go to the one with more pieces, then to
 * the first by name.
 */
export class Preferences {
	private readonly byRow = new Map<number, { categories: Tallies; products: Tallies }>();

	/** @param orders in any order */
	constructor(orders: Iterable<PurchasedLines>) {
		let place = 0;
		for (const { row, lines } of orders) {
			place += 1;
			let tallies = this.byRow.get(row);
			if (tallies === undefined) {
				tallies = { categories: new Map(), products: new Map() };
				this.byRow.set(row, tallies);
			}
			for (const line of lines) {
				const pieces = line.quantity ?? 1;
				if (line.category !== undefined) count(tallies.categories, line.category, place, pieces);
				count(tallies.products, line.name ?? line.product, place, pieces);
			}
		}
	}

	/** Up to `limit` categories of a customer, the most often bought first; none when lines name no category. */
	categories(row: number, limit: number): string[] {
		return most(this.byRow.get(row)?.categories, limit);
	}

	/** Up to `limit` products of a customer, by name, the most often bought first. */
	products(row: number, limit: number): string[] {
		return most(this.byRow.get(row)?.products, limit);
	}
}

interface Tally {
	orders: number;
	pieces: number;
	/** Place of the order counted last: a second line of it counts pieces only. */
	last: number;
}
type Tallies = Map<string, Tally>;

function count(tallies: Tallies, name: string, place: number, pieces: number): void {
	const tally = tallies.get(name);
	if (tally === undefined) {
		tallies.set(name, { orders: 1, pieces, last: place });
		return;
	}
	if (tally.last !== place) tally.orders += 1;
	tally.pieces += pieces;
	tally.last = place;
}

function most(tallies: Tallies | undefined, limit: number): string[] {
	return [...(tallies ?? [])]
		.sort(
			([leftName, left], [rightName, right]) =>
				right.orders - left.orders || right.pieces - left.pieces || (leftName < rightName ? -1 : 1),
		)
		.slice(0, limit)
		.map(([name]) => name);
}
