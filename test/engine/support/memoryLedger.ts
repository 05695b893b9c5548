import type { AnyEntry, Ledger, Row, Subjects } from '../../../engine/ledger';
import type { MemberView } from '../../../engine/member';
import type { PublishedProgram } from '../../../engine/program';

/**
 * A ledger in memory with the weaknesses of Data Tables: no unique keys, and every call gives other runs a chance to come in
 * between. `pause` decides when a call returns, so that a test can choose the interleaving.
 */
export class MemoryLedger implements Ledger {
	readonly rows: Row[] = [];
	readonly views = new Map<string, MemberView>();
	readonly locks = new Map<string, string>();
	published: PublishedProgram[] = [];
	/** When set, the call of that name throws once, as if the process had died there. */
	crashAt: string | null = null;

	/** How often a lock that is taken is asked for again. */
	patience = 200;

	constructor(private readonly pause: (call: string) => Promise<void> = async () => {}) {}

	async programs(): Promise<readonly PublishedProgram[]> {
		await this.step('programs');
		return this.published;
	}

	async read({ members, orders }: Subjects): Promise<readonly Row[]> {
		await this.step('read');
		return this.rows.filter(
			(row) => members.includes(row.member) || (row.order !== null && orders.includes(row.order)),
		);
	}

	async append(entries: readonly AnyEntry[], writer: string): Promise<void> {
		await this.step('append');
		for (const entry of entries)
			this.rows.push({ ...entry, seq: this.rows.length + 1, writer } as Row);
		await this.step('appended');
	}

	async saveMembers(views: readonly MemberView[]): Promise<void> {
		await this.step('saveMembers');
		for (const view of views) {
			const known = this.views.get(view.memberId);
			if (known === undefined || known.ledgerUpTo < view.ledgerUpTo)
				this.views.set(view.memberId, view);
		}
	}

	async lock(members: readonly string[], owner: string): Promise<boolean> {
		for (let attempt = 0; attempt < this.patience; attempt += 1) {
			await this.step('lock');
			if (members.every((member) => !this.locks.has(member))) {
				for (const member of members) this.locks.set(member, owner);
				return true;
			}
		}
		return false;
	}

	async holdsLock(members: readonly string[], owner: string): Promise<boolean> {
		await this.step('holdsLock');
		return members.every((member) => this.locks.get(member) === owner);
	}

	async unlock(members: readonly string[], owner: string): Promise<void> {
		await this.step('unlock');
		for (const member of members) if (this.locks.get(member) === owner) this.locks.delete(member);
	}

	private async step(call: string): Promise<void> {
		if (this.crashAt === call) {
			this.crashAt = null;
			throw new Error(`crashed at ${call}`);
		}
		await this.pause(call);
	}
}
