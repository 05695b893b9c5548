import { factKey, type AnyEntry, type Row, type Subjects } from '../ledger';

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

	/** Who owns the first of these orders whose purchase is known. */
	ownerOfAny(orders: readonly string[]): string | undefined {
		return orders.map((order) => this.ownerOf(order)).find((owner) => owner !== undefined);
	}

	/** A member's rows, in the order of the ledger. */
	ofMember(member: string): readonly Row[] {
		return this.byMember.get(member) ?? [];
	}

	/** Rows about orders of this member that nobody has given to them yet: they were written before the order was known. */
	waitingFor(member: string): Row[] {
		const own = this.ofMember(member);
		const facts = new Set(own.map((row) => factKey(row.key)));
		return own
			.filter((row) => row.kind === 'earn' && row.order !== null)
			.flatMap((row) => this.ofOrder(row.order ?? ''))
			.filter((row) => row.member === '' && !facts.has(row.key));
	}

	/** All rows about an order, in the order of the ledger, whoever they belong to. */
	ofOrder(order: string): readonly Row[] {
		return this.byOrder.get(order) ?? [];
	}

	/** Every row that concerns the subjects, each once, in the order of the ledger. */
	about({ members, orders }: Subjects): Row[] {
		const rows = new Set<Row>();
		for (const member of members) for (const row of this.ofMember(member)) rows.add(row);
		for (const order of orders) for (const row of this.ofOrder(order)) rows.add(row);
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
