import type { Lot } from './lot';

/**
 * Lots in the order in which they are wanted. Most come in that order already, and then a list does; those that come late wait in a
 * heap beside it. So an ordinary history of a million credits is replayed in linear time, and the worst one in linear-logarithmic.
 */
export class LotQueue {
	private readonly inOrder: Lot[] = [];
	private first = 0;
	private late: LotHeap | null = null;

	constructor(private readonly comesBefore: (a: Lot, b: Lot) => boolean) {}

	all(): Lot[] {
		return [...this.inOrder.slice(this.first), ...(this.late?.items ?? [])];
	}

	peek(): Lot | undefined {
		const next = this.inOrder[this.first];
		const late = this.late?.items[0];
		if (late === undefined) return next;
		return next === undefined || this.comesBefore(late, next) ? late : next;
	}

	push(lot: Lot): void {
		const { inOrder } = this;
		if (this.first === inOrder.length || !this.comesBefore(lot, inOrder[inOrder.length - 1]))
			inOrder.push(lot);
		else (this.late ??= new LotHeap(this.comesBefore)).push(lot);
	}

	/** Takes out the lot that `peek` shows. */
	pop(): void {
		const next = this.inOrder[this.first];
		if (next === undefined || this.peek() !== next) {
			this.late?.pop();
			return;
		}
		this.first += 1;
		if (this.first === this.inOrder.length) {
			this.inOrder.length = 0;
			this.first = 0;
		}
	}
}

/** A binary heap. */
class LotHeap {
	readonly items: Lot[] = [];

	constructor(private readonly comesBefore: (a: Lot, b: Lot) => boolean) {}

	push(item: Lot): void {
		const { items } = this;
		let index = items.push(item) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!this.comesBefore(item, items[parent])) break;
			items[index] = items[parent];
			index = parent;
		}
		items[index] = item;
	}

	pop(): void {
		const { items } = this;
		const last = items.pop();
		if (last === undefined || items.length === 0) return;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child >= items.length) break;
			if (child + 1 < items.length && this.comesBefore(items[child + 1], items[child])) child += 1;
			if (!this.comesBefore(items[child], last)) break;
			items[index] = items[child];
			index = child;
		}
		items[index] = last;
	}
}
