import type { AnyEntry, Row, Subjects } from '../ledger';

/** The rows a run has read, with those it is about to append, found by member and by order. */
export class RowBook {
	private readonly all: Row[];
	private readonly byMember = new Map<string, Row[]>();
	private readonly byOrder = new Map<string, Row[]>();
	private last = 0;

	constructor(rows: readonly Row[]) {
		this.all = [...rows].sort((a, b) => a.seq - b.seq);
		for (const row of this.all) this.index(row);
	}

	/** Takes an entry as if it had been appended already, so that the next decision of the batch knows it. */
	foresee(entry: AnyEntry, writer: string): void {
		const row: Row = { ...entry, seq: this.last + 1, writer };
		this.all.push(row);
		this.index(row);
	}

	/** Who owns an order, once its purchase is known. */
	ownerOf(order: string): string | undefined {
		return this.byOrder.get(order)?.find((row) => row.kind === 'earn')?.member;
	}

	/** The first row of a key: the one that counts. */
	first(key: string, subjects: Subjects): Row | undefined {
		return this.about(subjects).find((row) => row.key === key);
	}

	/** A member's rows, with those of their orders that were written before anybody knew whose they were. */
	ofMember(member: string): Row[] {
		const own = this.byMember.get(member) ?? [];
		const strays = own
			.filter((row) => row.kind === 'earn' && row.order !== null)
			.flatMap((row) => this.strays(row.order ?? ''));
		return strays.length === 0 ? own : [...own, ...strays].sort((a, b) => a.seq - b.seq);
	}

	/** Rows of an order that stand under no member. */
	strays(order: string): Row[] {
		return (this.byOrder.get(order) ?? []).filter((row) => row.member === '');
	}

	/** Every row that concerns the subjects, each once, in the order of the ledger. */
	about({ members, orders }: Subjects): Row[] {
		const rows = new Set<Row>();
		for (const member of members) for (const row of this.ofMember(member)) rows.add(row);
		for (const order of orders) for (const row of this.byOrder.get(order) ?? []) rows.add(row);
		return [...rows].sort((a, b) => a.seq - b.seq);
	}

	private index(row: Row): void {
		if (row.seq > this.last) this.last = row.seq;
		if (row.member !== '') add(this.byMember, row.member, row);
		if (row.order !== null) add(this.byOrder, row.order, row);
	}
}

function add(index: Map<string, Row[]>, key: string, row: Row): void {
	const rows = index.get(key);
	if (rows === undefined) index.set(key, [row]);
	else rows.push(row);
}
