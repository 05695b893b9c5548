import type { IDataObject, IExecuteFunctions, IWorkflowBase } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { Operation } from './operations';
import { Session } from './session';

/** What a ledger in Data Tables is built on. */
export interface TableNodes {
	/**
	 * Has a Data Table node work on these items; gives its rows, perhaps among others that somebody else asked for. Rejects when
	 * the node fails.
	 */
	send(operation: Operation, items: readonly IDataObject[]): Promise<readonly IDataObject[]>;
}

/** How the sub-execution of a session is opened. */
export interface Opening {
	readonly context: IExecuteFunctions;
	workflowFor(sessionId: string): IWorkflowBase;
	/** Runs with the same key share a session; null for a run that has one of its own. */
	readonly key: string | null;
}

/** How long a session waits for the next run after the last one, in milliseconds. */
const LINGER = 150;

/** A session of so many turns, or so many milliseconds, takes nobody in any more: the host remembers every row of it till its end. */
const MOST_TURNS = 100;
const LONGEST = 3_000;

const open = new Map<string, Session>();
const shared = new Map<string, { readonly session: Session; readonly since: number }>();

/** The session that a relay belongs to. */
export function sessionOf(id: string): Session | undefined {
	return open.get(id);
}

/**
 * Lets `work` talk to the tables. What `work` throws is thrown; a fault of a Data Table node is thrown where `work` waits for
 * its rows.
 *
 * A sub-execution costs more than all that a run does in it, so runs under way at the same time share one. None suffers from
 * another: after a fault in a shared session a run asks the same once more in a session of its own. To ask twice is
 * harmless, because a second row with the same key counts for nothing.
 */
export async function withTableNodes<T>(
	opening: Opening,
	work: (nodes: TableNodes) => Promise<T>,
): Promise<T> {
	const guest = new Guest(opening);
	try {
		return await work(guest);
	} finally {
		await guest.leave();
	}
}

/** A run, as a guest of sessions. */
class Guest implements TableNodes {
	private session: Session | null = null;
	/** Ends with the sub-execution of the run's own session. */
	private ended: Promise<void> | null = null;
	private mayShare: boolean;

	constructor(private readonly opening: Opening) {
		this.mayShare = opening.key !== null;
	}

	async send(operation: Operation, items: readonly IDataObject[]): Promise<readonly IDataObject[]> {
		if (items.length === 0) return [];
		this.session ??= this.enter();
		const answer = await this.session.send({ operation, items });
		if ('rows' in answer) return answer.rows;
		if (!answer.mayBeAnothers) throw answer.fault;
		await this.leave();
		this.mayShare = false;
		return await this.send(operation, items);
	}

	/** The run's own session ends with it. A shared one is nobody's to wait for. */
	async leave(): Promise<void> {
		const { session } = this;
		if (session === null) return;
		this.session = null;
		session.leave();
		if (this.mayShare) void closeWhenIdle(session);
		else session.finish();
		await this.ended;
	}

	private enter(): Session {
		const { key } = this.opening;
		const session = (this.mayShare && key !== null ? sharedBy(key) : null) ?? this.begin();
		session.join();
		return session;
	}

	private begin(): Session {
		const { key } = this.opening;
		const session = new Session();
		open.set(session.id, session);
		const ended = run(this.opening, session).then(() => {
			open.delete(session.id);
			if (key !== null && shared.get(key)?.session === session) shared.delete(key);
		});
		if (this.mayShare && key !== null) shared.set(key, { session, since: Date.now() });
		else this.ended = ended;
		return session;
	}
}

function sharedBy(key: string): Session | null {
	const known = shared.get(key);
	if (known === undefined) return null;
	if (known.session.turns < MOST_TURNS && Date.now() - known.since < LONGEST) return known.session;
	shared.delete(key);
	if (known.session.isIdle) known.session.finish();
	return null;
}

async function closeWhenIdle(session: Session): Promise<void> {
	if (!session.isIdle) return;
	const isShared = () => [...shared.values()].some((one) => one.session === session);
	if (isShared()) await sleep(LINGER);
	if (!session.isIdle) return;
	for (const [key, one] of shared) if (one.session === session) shared.delete(key);
	session.finish();
}

async function run({ context, workflowFor }: Opening, session: Session): Promise<void> {
	await context
		.executeWorkflow({ code: workflowFor(session.id) }, [{ json: {} }], undefined, {
			parentExecution: {
				executionId: context.getExecutionId(),
				workflowId: context.getWorkflow().id ?? '',
			},
		})
		.then(
			() => session.close(),
			(fault: Error) => session.close(fault),
		);
}
