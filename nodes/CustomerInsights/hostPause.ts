import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Pause } from '../../engine/insight/pause';

/** Lets the host work in between, and ends long fits when the execution is stopped. */
export function hostPause(context: IExecuteFunctions): Pause {
	const signal = context.getExecutionCancelSignal();
	return {
		yieldNow: async () => await sleep(0),
		isCancelled: () => signal?.aborted === true,
	};
}
