import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { processRequests, type Outcome, type Request } from '../../engine/process';
import type { Reason } from '../../engine/result';
import { withLedger } from '../shared/ledger';
import type { Outputs } from './actions/operation';

/** What an input item asks for: requests, or why there are none. */
export type Asked = { readonly requests: readonly Request[] } | { readonly refused: Reason };

/** So many requests are decided with one read and one append. */
const BATCH = 500;

/**
 * Reads a request or several from each input item, has them decided and recorded together, and gives an output item for each.
 * An item that asks for nothing that can be understood is skipped with its reason; the rest goes on.
 */
export async function runRequests(
	context: IExecuteFunctions,
	ask: (itemIndex: number) => Asked,
	toApplied: (outcome: Outcome) => IDataObject,
	toSkipped: (reason: Reason, outcome: Outcome | null) => IDataObject,
): Promise<Outputs> {
	const outputs: Outputs = { applied: [], skipped: [] };
	const asked: Array<{ readonly item: number; readonly request: Request }> = [];
	context.getInputData().forEach((_, item) => {
		const answer = ask(item);
		if ('refused' in answer)
			outputs.skipped.push({ json: toSkipped(answer.refused, null), pairedItem: { item } });
		else asked.push(...answer.requests.map((request) => ({ item, request })));
	});
	if (asked.length === 0) return outputs;
	await withLedger(context, async (ledger) => {
		for (let start = 0; start < asked.length; start += BATCH) {
			const batch = asked.slice(start, start + BATCH);
			const result = await processRequests(
				batch.map(({ request }) => request),
				ledger,
				{ now: new Date().toISOString(), writer: randomUUID() },
			);
			if (!result.ok)
				throw new NodeOperationError(context.getNode(), result.reason.message, {
					itemIndex: batch[0].item,
				});
			result.value.forEach((outcome, index) => {
				const pairedItem = { item: batch[index].item };
				if (outcome.reason === null) outputs.applied.push({ json: toApplied(outcome), pairedItem });
				else outputs.skipped.push({ json: toSkipped(outcome.reason, outcome), pairedItem });
			});
		}
	});
	return outputs;
}
