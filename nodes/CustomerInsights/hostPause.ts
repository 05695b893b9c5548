import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Pause } from '../../engine/insight/pause';

/** So long the work may hold the thread; a timer costs the host about a millisecond, and fits have many small steps. */
const LONGEST_HOLD_MS = 20;

/** Lets the host work in between, and ends long fits when the execution is stopped. */
export function hostPause(context: IExecuteFunctions): Pause {
	const signal = context.getExecutionCancelSignal();
	let heldSince = Date.now();
	return {
		yieldNow: async () => {
			if (Date.now() - heldSince < LONGEST_HOLD_MS) return;
			await sleep(0);
			heldSince = Date.now();
		},
		isCancelled: () => signal?.aborted === true,
	};
}
