import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

/** What a session asks of the tables: which Data Table node is to run, on which items, and who waits for its rows. */
interface Command {
	readonly operation: string;
	readonly items: readonly IDataObject[];
	readonly resolve: (rows: IDataObject[]) => void;
	readonly reject: (fault: Error) => void;
}

/**
 * A conversation between code and n8n's own Data Table nodes, in one sub-execution.
 *
 * Community nodes may not call Data Tables; the host's nodes may, inside an inline workflow. Each sub-execution costs tens of
 * milliseconds, so there is one for any number of reads and writes: its nodes stand in a circle around the relay (this
 * package's own node), which hands the code's next command to the node it is for and the node's rows back to the code.
 * Both ends live in one process, because the host runs inline workflows where they are called.
 */
export class Session {
	private readonly waiting: Command[] = [];
	/** The command that a node is working on. */
	private current: Command | null = null;
	private wake: (() => void) | null = null;
	private isOver = false;
	private fault: Error | null = null;

	/** Runs a Data Table node on these items; gives its rows. Rejects when the node fails or the session is over. */
	async send(operation: string, items: readonly IDataObject[]): Promise<IDataObject[]> {
		if (items.length === 0) return [];
		if (this.fault !== null) throw this.fault;
		return await new Promise<IDataObject[]>((resolve, reject) => {
			this.waiting.push({ operation, items, resolve, reject });
			this.wake?.();
		});
	}

	/** The relay's side: takes the rows of the last command, waits for the next. Null when the code has finished. */
	async exchange(
		rows: readonly IDataObject[],
	): Promise<Pick<Command, 'operation' | 'items'> | null> {
		this.current?.resolve([...rows]);
		this.current = null;
		for (;;) {
			const next = this.waiting.shift();
			if (next !== undefined) {
				this.current = next;
				return next;
			}
			if (this.isOver) return null;
			await new Promise<void>((resolve) => {
				this.wake = resolve;
			});
		}
	}

	finish(): void {
		this.isOver = true;
		this.wake?.();
	}

	/** The sub-execution has ended, by itself or by a fault: nobody will answer any more. */
	close(fault: Error): void {
		this.fault = fault;
		for (const command of [this.current, ...this.waiting]) command?.reject(fault);
		this.current = null;
		this.waiting.length = 0;
	}
}

const open = new Map<string, Session>();

/** The session that a relay belongs to. */
export function sessionOf(id: string): Session | undefined {
	return open.get(id);
}

/**
 * Lets `work` talk to the tables through an inline workflow built by `workflowFor`. What `work` throws is thrown; a fault of
 * a Data Table node is thrown where `work` waits for it.
 */
export async function withSession<T>(
	context: IExecuteFunctions,
	workflowFor: (sessionId: string) => IWorkflowBase,
	work: (session: Session) => Promise<T>,
): Promise<T> {
	const id = randomUUID();
	const session = new Session();
	open.set(id, session);
	const running = runInline(context, workflowFor(id), session);
	try {
		return await work(session);
	} finally {
		session.finish();
		await running;
		open.delete(id);
	}
}

async function runInline(
	context: IExecuteFunctions,
	code: IWorkflowBase,
	session: Session,
): Promise<void> {
	const start: INodeExecutionData[] = [{ json: {} }];
	await context
		.executeWorkflow({ code }, start, undefined, {
			parentExecution: {
				executionId: context.getExecutionId(),
				workflowId: context.getWorkflow().id ?? '',
			},
		})
		.then(
			() => session.close(new UnexpectedError('The ledger session ended early')),
			(fault: Error) => session.close(fault),
		);
}
