import type { Steps } from '../pause';

/** Customers as the purchase models see them, in any one time unit. */
export interface PurchaseColumns {
	/** Repeat transactions, whole and not below 0. */
	readonly x: Float64Array;
	/** Time of the last transaction, counted from the first; 0 ≤ tx ≤ T. */
	readonly tx: Float64Array;
	/** Time from the first transaction to the as-of day. */
	readonly T: Float64Array;
	/** How many customers a row stands for; 1 each when not given. */
	readonly weight?: Float64Array;
}

/**
 * Equal customers merged into one row with a weight. Each quantity is an index into the list of its distinct values,
 * so that logarithms and log-gammas are taken once a distinct value: days and counts repeat, customers do not.
 */
export interface MergedRows {
	readonly count: number;
	readonly weight: Float64Array;
	readonly xAt: Int32Array;
	readonly txAt: Int32Array;
	readonly tAt: Int32Array;
	/** Distinct values; those of x ascending. */
	readonly x: Float64Array;
	readonly tx: Float64Array;
	readonly T: Float64Array;
	/** Sum of the weights, of weight · x and of weight · T. */
	readonly customers: number;
	readonly repeats: number;
	readonly time: number;
}

/** Merges equal customers. Each column is a step that may be paused. */
export function* mergeRows(columns: PurchaseColumns): Steps<MergedRows> {
	const x = distinct(columns.x, true);
	yield;
	const tx = distinct(columns.tx, false);
	yield;
	const age = distinct(columns.T, false);
	yield;
	const { rowOf, first } = distinctTriples(x.at, tx.at, age.at);
	const weight = new Float64Array(first.length);
	for (let i = 0; i < rowOf.length; i++) {
		weight[rowOf[i]] += columns.weight === undefined ? 1 : columns.weight[i];
	}
	return withTotals(
		weight,
		first.map((i) => x.at[i]),
		first.map((i) => tx.at[i]),
		first.map((i) => age.at[i]),
		x.values,
		tx.values,
		age.values,
	);
}

/** Every `stride`-th row, as a sample on which a fit of many rows finds its start. */
export function* sampleRows(rows: MergedRows, stride: number): Steps<MergedRows> {
	const size = Math.floor((rows.count - 1) / stride) + 1;
	const pick = <A extends Int32Array | Float64Array>(at: A, values: Float64Array) =>
		Float64Array.from({ length: size }, (_, k) => values[at[k * stride]]);
	return yield* mergeRows({
		x: pick(rows.xAt, rows.x),
		tx: pick(rows.txAt, rows.tx),
		T: pick(rows.tAt, rows.T),
		weight: Float64Array.from({ length: size }, (_, k) => rows.weight[k * stride]),
	});
}

function withTotals(
	weight: Float64Array,
	xAt: Int32Array,
	txAt: Int32Array,
	tAt: Int32Array,
	x: Float64Array,
	tx: Float64Array,
	T: Float64Array,
): MergedRows {
	let customers = 0;
	let repeats = 0;
	let time = 0;
	for (let k = 0; k < weight.length; k++) {
		customers += weight[k];
		repeats += weight[k] * x[xAt[k]];
		time += weight[k] * T[tAt[k]];
	}
	return { count: weight.length, weight, xAt, txAt, tAt, x, tx, T, customers, repeats, time };
}

/** The distinct values of a column and, for each row, which of them it has. */
export interface Distinct {
	readonly values: Float64Array;
	readonly at: Int32Array;
}

/** Finds the distinct values of a column with a hash table of typed arrays; ascending when asked. */
export function distinct(column: Float64Array, sorted: boolean): Distinct {
	const bits = new Float64Array(1);
	const words = new Uint32Array(bits.buffer);
	let mask = 1023;
	let slots = new Int32Array(mask + 1).fill(-1);
	let values = new Float64Array(512);
	let count = 0;
	const at = new Int32Array(column.length);
	const slotOf = (value: number): number => {
		bits[0] = value;
		let slot = hash(words[0], words[1], 0) & mask;
		while (slots[slot] !== -1 && values[slots[slot]] !== value) slot = (slot + 1) & mask;
		return slot;
	};
	for (let i = 0; i < column.length; i++) {
		// Adding 0 turns −0 into 0, which has other bits but is the same time.
		const value = column[i] + 0;
		let slot = slotOf(value);
		if (slots[slot] === -1) {
			if (count * 2 >= mask) {
				mask = mask * 2 + 1;
				const wider = new Float64Array(mask);
				wider.set(values.subarray(0, count));
				values = wider;
				slots = new Int32Array(mask + 1).fill(-1);
				for (let k = 0; k < count; k++) slots[slotOf(values[k])] = k;
				slot = slotOf(value);
			}
			slots[slot] = count;
			values[count++] = value;
		}
		at[i] = slots[slot];
	}
	values = values.slice(0, count);
	if (!sorted) return { values, at };
	const ascending = values.slice().sort();
	const place = new Int32Array(count);
	const order = Int32Array.from(values, (_, k) => k).sort(
		(left, right) => values[left] - values[right],
	);
	order.forEach((k, rank) => {
		place[k] = rank;
	});
	for (let i = 0; i < at.length; i++) at[i] = place[at[i]];
	return { values: ascending, at };
}

function distinctTriples(
	a: Int32Array,
	b: Int32Array,
	c: Int32Array | null,
): { rowOf: Int32Array; first: Int32Array } {
	let size = 1024;
	while (size < a.length * 2) size *= 2;
	const mask = size - 1;
	const slots = new Int32Array(size).fill(-1);
	const first = new Int32Array(a.length);
	const rowOf = new Int32Array(a.length);
	let count = 0;
	for (let i = 0; i < a.length; i++) {
		let slot = hash(a[i], b[i], c === null ? 0 : c[i]) & mask;
		for (;;) {
			const row = slots[slot];
			if (row === -1) {
				slots[slot] = count;
				first[count] = i;
				rowOf[i] = count++;
				break;
			}
			const k = first[row];
			if (a[k] === a[i] && b[k] === b[i] && (c === null || c[k] === c[i])) {
				rowOf[i] = row;
				break;
			}
			slot = (slot + 1) & mask;
		}
	}
	return { rowOf, first: first.slice(0, count) };
}

/** Mixes three words into one; the multipliers and shifts are those of the MurmurHash3 finaliser. */
function hash(a: number, b: number, c: number): number {
	let h = Math.imul(a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca77), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** The distinct pairs of two columns: for each row its pair, and for each pair a row that has it. */
export function distinctPairs(
	left: Float64Array,
	right: Float64Array,
): { pairOf: Int32Array; first: Int32Array } {
	const [a, b] = [distinct(left, false).at, distinct(right, false).at];
	const { rowOf, first } = distinctTriples(a, b, null);
	return { pairOf: rowOf, first };
}
