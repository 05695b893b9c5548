import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { AnyEntry, Ledger, Row, Subjects } from '../../../engine/ledger';
import type { MemberView } from '../../../engine/member';
import type { PublishedProgram } from '../../../engine/program';
import { LEASE, PAGE, type Operation, type Subject } from './operations';
import type { TableNodes } from './sessions';
import {
	fromLedgerRow,
	fromMemberRow,
	fromProgramRow,
	toLedgerRow,
	toMemberRow,
	toProgramRow,
} from './tableRows';
import type { TableIds } from './tables';
import { takeTurn } from './turns';

/** How long to wait for a lease of another process, in milliseconds, before saying "try again". */
const PATIENCE = 20_000;
/** So many members and orders are looked up by one condition each; more, one after the other. */
const MOST_TOGETHER = 40;
const SHORTEST_PAUSE = 60;
const LONGEST_PAUSE = 400;

/** The ledger in n8n's Data Tables, spoken to through the nodes that may. */
export class DataTableLedger implements Ledger {
	private endTurn: (() => void) | null = null;

	constructor(
		private readonly nodes: TableNodes,
		private readonly tables: TableIds,
		/** Milliseconds since 1970. */
		private readonly clock: () => number,
	) {}

	/** Lets the next in line go on, whatever happened. */
	dispose(): void {
		this.endTurn?.();
		this.endTurn = null;
	}

	/**
	 * The published versions. Under load they are looked up once in a few seconds, not with every order: a version published by
	 * this process counts at once, one published by another process that little later.
	 */
	async programs(): Promise<readonly PublishedProgram[]> {
		const known = recentPrograms.get(this.tables.programs);
		if (known !== undefined && this.clock() - known.readAt < PROGRAMS_STAY_FRESH)
			return known.programs;
		return await this.storedPrograms();
	}

	/** The published versions as they stand in the table this moment. Of two rows with one version the first counts. */
	async storedPrograms(): Promise<readonly PublishedProgram[]> {
		const readAt = this.clock();
		const rows = await this.rows('readPrograms', [{}]);
		const first = new Map<number, IDataObject>();
		for (const row of [...rows].sort(byId)) {
			const version = Number(row.version);
			if (!first.has(version)) first.set(version, row);
		}
		const programs = [...first.values()].flatMap((row) => fromProgramRow(row) ?? []);
		if (programs.length > 0) recentPrograms.set(this.tables.programs, { programs, readAt });
		return programs;
	}

	/** Publishes a version; false when somebody else published the same version first. */
	async addProgram(published: PublishedProgram, writer: string): Promise<boolean> {
		await this.nodes.send('addProgram', [toProgramRow(published, writer)]);
		recentPrograms.delete(this.tables.programs);
		const rows = await this.rows('readPrograms', [{}]);
		const winner = [...rows].sort(byId).find((row) => Number(row.version) === published.version);
		return winner?.written_by === writer;
	}

	async read({ members, orders }: Subjects): Promise<readonly Row[]> {
		const found = new Map<number, Row>();
		for (const row of await this.rowsOf(members, orders)) {
			const entry = fromLedgerRow(row);
			found.set(entry.seq, entry);
		}
		return [...found.values()];
	}

	private async rowsOf(
		members: readonly string[],
		orders: readonly string[],
	): Promise<readonly IDataObject[]> {
		if (members.length + orders.length <= MOST_TOGETHER) {
			const rows = await this.rows(
				'readSubjects',
				subjectsOf(members, orders).map((one) => ({ ...one })),
			);
			// A full page may be cut off.
			if (rows.length < PAGE)
				return rows.filter(
					(row) =>
						members.includes(String(row.member_id)) || orders.includes(String(row.order_ref)),
				);
		}
		return [
			...(await this.pages('readMemberRows', members)),
			...(await this.pages('readOrderRows', orders)),
		];
	}

	/** Every row there is, in pages. */
	async *readAll(): AsyncGenerator<Row[]> {
		for await (const page of this.everything('readAllRows')) yield page.map(fromLedgerRow);
	}

	async append(entries: readonly AnyEntry[], writer: string): Promise<void> {
		await this.nodes.send(
			'append',
			entries.map((entry) => toLedgerRow(entry, writer)),
		);
	}

	async saveMembers(views: readonly MemberView[]): Promise<void> {
		await this.writeMembers('saveMembers', views);
	}

	/** Also corrects views that are as new as the ledger but wrong. */
	async rebuildMembers(views: readonly MemberView[]): Promise<void> {
		await this.writeMembers('rebuildMembers', views);
	}

	/** A view that was not written is either newer already, or its member has no row yet. */
	private async writeMembers(
		operation: 'saveMembers' | 'rebuildMembers',
		views: readonly MemberView[],
	): Promise<void> {
		const written = await this.rows(operation, views.map(toMemberRow));
		const done = new Set(written.map((row) => row.member_id));
		const others = views.filter((view) => !done.has(view.memberId));
		if (others.length === 0) return;
		const known = await this.findMembers(others.map((view) => view.memberId));
		await this.addMembers(others.filter((view) => !known.has(view.memberId)));
	}

	/** All views, in pages, each with the id of its row. */
	async *allMembers(): AsyncGenerator<
		ReadonlyArray<{ id: number; memberId: string; view: MemberView | null }>
	> {
		for await (const page of this.everything('readAllMembers'))
			yield page.map((row) => ({
				id: Number(row.id),
				memberId: String(row.member_id),
				view: fromMemberRow(row),
			}));
	}

	async removeMemberRows(ids: readonly number[]): Promise<void> {
		await this.nodes.send(
			'removeMembers',
			ids.map((id) => ({ id })),
		);
	}

	async lock(members: readonly string[], owner: string): Promise<boolean> {
		this.endTurn = await takeTurn(members.map((member) => `${this.tables.ledger}|${member}`));
		const giveUpAt = this.clock() + PATIENCE;
		const held: string[] = [];
		for (const member of members) {
			let pause = SHORTEST_PAUSE;
			while (!(await this.takeLease(member, owner))) {
				if (this.clock() >= giveUpAt) {
					await this.unlock(held, owner);
					return false;
				}
				await sleep(pause * (0.5 + Math.random()));
				pause = Math.min(LONGEST_PAUSE, pause * 2);
			}
			held.push(member);
		}
		return true;
	}

	/**
	 * A lease counts when it is on the member's first row: where two first events made two rows, two runs could otherwise each
	 * have one.
	 */
	private async takeLease(member: string, owner: string): Promise<boolean> {
		let rows = (await this.findMembers([member])).get(member);
		if (rows === undefined) {
			await this.nodes.send('addMembers', [
				{ member_id: member, ledger_up_to: 0, lock_owner: '', lock_until: 0 },
			]);
			rows = (await this.findMembers([member])).get(member);
		}
		const taken = await this.rows('lock', [
			{ member_id: member, lock_owner: owner, lock_until: this.clock() + LEASE },
		]);
		return rows !== undefined && taken.some((row) => row.id === rows[0].id);
	}

	async holdsLock(members: readonly string[], owner: string): Promise<boolean> {
		const known = await this.findMembers(members);
		return members.every((member) => known.get(member)?.[0].lock_owner === owner);
	}

	async unlock(members: readonly string[], owner: string): Promise<void> {
		await this.nodes.send(
			'unlock',
			members.map((member) => ({ member_id: member, lock_owner: owner, lock_until: 0 })),
		);
		this.dispose();
	}

	private async addMembers(views: readonly MemberView[]): Promise<void> {
		await this.nodes.send(
			'addMembers',
			views.map((view) => ({ ...toMemberRow(view), lock_owner: '', lock_until: 0 })),
		);
	}

	/** Rows by member, the first one first. */
	private async findMembers(members: readonly string[]): Promise<Map<string, IDataObject[]>> {
		const rows = await this.rows(
			'readMembers',
			members.map((value) => ({ value })),
		);
		const byMember = new Map<string, IDataObject[]>();
		for (const row of [...rows].sort(byId)) {
			const member = String(row.member_id);
			byMember.set(member, [...(byMember.get(member) ?? []), row]);
		}
		return byMember;
	}

	/** All rows for each value; whoever fills a page is asked for what comes after it. */
	private async pages(operation: Operation, values: readonly string[]): Promise<IDataObject[]> {
		const column = operation === 'readOrderRows' ? 'order_ref' : 'member_id';
		const all: IDataObject[] = [];
		let asked: IDataObject[] = values.map((value) => ({ value, after: 0 }));
		while (asked.length > 0) {
			const rows = await this.rows(operation, asked);
			all.push(...rows);
			const last = new Map<string, { count: number; id: number }>();
			for (const row of rows) {
				const value = String(row[column]);
				const { count = 0, id = 0 } = last.get(value) ?? {};
				last.set(value, { count: count + 1, id: Math.max(id, Number(row.id)) });
			}
			asked = [...last].flatMap(([value, { count, id }]) =>
				count >= PAGE ? [{ value, after: id }] : [],
			);
		}
		return all;
	}

	private async *everything(operation: Operation): AsyncGenerator<IDataObject[]> {
		let after = 0;
		for (;;) {
			const rows = await this.rows(operation, [{ after }]);
			if (rows.length > 0) yield rows;
			if (rows.length < PAGE) return;
			after = Math.max(...rows.map((row) => Number(row.id)));
		}
	}

	/** A node that finds nothing answers with one empty item. */
	private async rows(operation: Operation, items: readonly IDataObject[]): Promise<IDataObject[]> {
		const rows = await this.nodes.send(operation, items);
		return rows.filter((row) => row.id !== undefined);
	}
}

/** How long a look at the programmes is good for, in milliseconds. */
const PROGRAMS_STAY_FRESH = 5_000;

/** The latest look at the programmes, by their table. */
const recentPrograms = new Map<
	string,
	{ readonly programs: readonly PublishedProgram[]; readonly readAt: number }
>();

function byId(a: IDataObject, b: IDataObject): number {
	return Number(a.id) - Number(b.id);
}

/** Stands for nobody and nothing: it is the name of no member and of no order. */
const NONE = '-';

/** Members and orders two by two, as they are looked up; whoever is left over is asked for again. */
function subjectsOf(members: readonly string[], orders: readonly string[]): Subject[] {
	return Array.from({ length: Math.max(members.length, orders.length) }, (_, index) => ({
		member: members[Math.min(index, members.length - 1)] ?? NONE,
		order: orders[Math.min(index, orders.length - 1)] ?? NONE,
	}));
}
