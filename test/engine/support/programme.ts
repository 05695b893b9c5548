import type { StoreEvent } from '../../../engine/event/storeEvent';
import { replay, type MemberState } from '../../../engine/ledger';
import {
	processRequests,
	programHistory,
	type Outcome,
	type Request,
} from '../../../engine/process';
import type { ProgramDraft } from '../../../engine/program';
import { tierStanding, type TierStanding } from '../../../engine/tier';
import { MemoryLedger } from './memoryLedger';
import { ANNA, NOW, published } from './shop';

/** A programme at work over a ledger in memory. */
export class Programme {
	readonly ledger: MemoryLedger;
	private runs = 0;

	constructor(draft: ProgramDraft = {}, ledger = new MemoryLedger()) {
		this.ledger = ledger;
		if (ledger.published.length === 0) ledger.published = [published(draft)];
	}

	publish(draft: ProgramDraft): void {
		this.ledger.published.push(published(draft, this.ledger.published.length + 1));
	}

	async ask(requests: readonly Request[], now = NOW): Promise<readonly Outcome[]> {
		this.runs += 1;
		const result = await processRequests(requests, this.ledger, {
			now,
			writer: `run-${this.runs}`,
		});
		if (!result.ok) throw new Error(result.reason.message);
		return result.value;
	}

	async hear(...events: readonly StoreEvent[]): Promise<readonly Outcome[]> {
		return await this.ask(events.map((event) => ({ kind: 'event', event })));
	}

	async hearOne(event: StoreEvent): Promise<Outcome> {
		const [outcome] = await this.hear(event);
		return outcome;
	}

	async redeem(
		points: number,
		requestId: string,
		basket: string | null = null,
		now = NOW,
	): Promise<Outcome> {
		const request: Request = {
			kind: 'redeem',
			member: ANNA,
			points,
			basket,
			requestId,
			code: `CODE-${requestId}`,
		};
		const [outcome] = await this.ask([request], now);
		return outcome;
	}

	async award(points: number, requestId: string, now = NOW): Promise<Outcome> {
		const [outcome] = await this.ask(
			[{ kind: 'award', member: ANNA, points, reason: 'a gift', requestId }],
			now,
		);
		return outcome;
	}

	async adjust(points: number, requestId: string, now = NOW): Promise<Outcome> {
		const [outcome] = await this.ask(
			[{ kind: 'adjust', member: ANNA, points, reason: 'a correction', author: 'Ben', requestId }],
			now,
		);
		return outcome;
	}

	state(member = ANNA, now = NOW): MemberState {
		const programs = programHistory(this.ledger.published);
		if (programs === null) throw new Error('nothing published');
		const own = this.ledger.rows.filter((row) => row.member === member);
		return replay(member, own, programs, now);
	}

	standing(member = ANNA, now = NOW): TierStanding {
		const programs = programHistory(this.ledger.published);
		if (programs === null) throw new Error('nothing published');
		return tierStanding(this.state(member, now), programs.latest);
	}
}
