import type { IDataObject } from 'n8n-workflow';
import { sleep, UnexpectedError } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { inOneGo, PAGE, type Command } from './operations';

/** The rows that a Data Table node gave, or what went wrong: then it is not known whether the command was done. */
export type Answer =
	| { readonly rows: readonly IDataObject[] }
	| { readonly fault: Error; readonly mayBeAnothers: boolean };

interface Asked extends Command {
	/** Done together with what others ask, it gave more rows than a page holds. */
	readonly isAlone: boolean;
	readonly resolve: (answer: Answer) => void;
}

/**
 * A conversation between code and n8n's own Data Table nodes, in one sub-execution.
 *
 * Community nodes may not call Data Tables; the host's nodes may, inside an inline workflow. Each sub-execution costs tens of
 * milliseconds, so there is one for any number of reads and writes: its nodes stand in a circle around the relay (this
 * package's own node), which hands the next command to the node it is for and the node's rows back to the code.
 * Both ends live in one process, because the host runs inline workflows where they are called.
 *
 * Runs that are under way at the same time may share a session. What several ask at the same moment is done in one go where it
 * comes to the same, in the order in which it was asked.
 */
export class Session {
	readonly id = randomUUID();
	/** How many commands the nodes were given so far. */
	turns = 0;
	private readonly waiting: Asked[] = [];
	/** What a node is working on. */
	private current: readonly Asked[] = [];
	private wake: (() => void) | null = null;
	private isOver = false;
	private fault: Error | null = null;
	private runs = 0;
	private runsEver = 0;

	/** Whether no run uses it at the moment. */
	get isIdle(): boolean {
		return this.runs === 0;
	}

	join(): void {
		this.runs += 1;
		this.runsEver += 1;
	}

	leave(): void {
		this.runs -= 1;
	}

	/** Has a Data Table node work on these items. Its rows may be among others, which somebody else asked for. */
	async send({ operation, items }: Command): Promise<Answer> {
		if (this.fault !== null) return this.failure(this.fault);
		return await new Promise<Answer>((resolve) => {
			this.waiting.push({ operation, items, isAlone: false, resolve });
			this.wake?.();
		});
	}

	/** The relay's side: takes the rows of the last command, waits for the next. Null when nobody will ask any more. */
	async exchange(rows: readonly IDataObject[]): Promise<Command | null> {
		this.answer(rows);
		// Those who were answered together go on together, if they get the time to.
		if (this.runs > 1) await sleep(0);
		for (;;) {
			const next = this.waiting.shift();
			if (next !== undefined) return this.take(next);
			if (this.isOver) return null;
			await new Promise<void>((resolve) => {
				this.wake = resolve;
			});
		}
	}

	/** Nobody will ask any more. */
	finish(): void {
		this.isOver = true;
		this.wake?.();
	}

	/** The sub-execution has ended, by itself or by a fault: nobody will answer any more. */
	close(fault: Error = new UnexpectedError('The ledger session ended early')): void {
		this.isOver = true;
		this.fault = fault;
		for (const asked of [...this.current, ...this.waiting]) asked.resolve(this.failure(fault));
		this.current = [];
		this.waiting.length = 0;
	}

	private failure(fault: Error): Answer {
		return { fault, mayBeAnothers: this.runsEver > 1 };
	}

	private answer(rows: readonly IDataObject[]): void {
		if (this.current.length > 1 && rows.length >= PAGE)
			this.waiting.unshift(...this.current.map((asked) => ({ ...asked, isAlone: true })));
		else for (const asked of this.current) asked.resolve({ rows });
		this.current = [];
	}

	private take(first: Asked): Command {
		this.turns += 1;
		const { operation } = first;
		const way = inOneGo[operation];
		this.current = [first];
		if (way === undefined) return first;
		let { items } = first;
		if (!first.isAlone) {
			for (const other of this.waiting.filter((asked) => asked.operation === operation)) {
				if (other.isAlone || items.length + other.items.length > way.most) continue;
				items = [...items, ...other.items];
				this.current = [...this.current, other];
				this.waiting.splice(this.waiting.indexOf(other), 1);
			}
		}
		return way.combine(items);
	}
}
