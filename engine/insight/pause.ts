/**
 * How long work shares the thread with its host, without a clock or an event loop of its own.
 */
export interface Pause {
	/** Resolves once the host has had its turn. Called every few tens of milliseconds of work. */
	yieldNow(): Promise<void>;
	/** True once nobody waits for the result; the work then ends with the reason `cancelled`. */
	isCancelled(): boolean;
}

/** Work cut into steps: `yield` marks a place where it may be paused or dropped. */
export type Steps<T> = Generator<void, T, void>;

/** Does all the steps without a pause. */
export function runAtOnce<T>(steps: Steps<T>): T {
	let next = steps.next();
	while (next.done !== true) next = steps.next();
	return next.value;
}

/** Does the steps with a pause between them; `null` when cancelled. */
export async function runWithPauses<T>(steps: Steps<T>, pause?: Pause): Promise<T | null> {
	if (pause === undefined) return runAtOnce(steps);
	let next = steps.next();
	while (next.done !== true) {
		await pause.yieldNow();
		if (pause.isCancelled()) return null;
		next = steps.next();
	}
	return next.value;
}
