import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Outcome, Request } from '../../engine/process';
import type { Reason, Result } from '../../engine/result';
import type { Outputs } from './actions/operation';
import { memberParameter } from './memberParameter';
import { appliedItem, skippedItem } from './outcomeItem';
import { requestIdParameter } from './requestParameters';
import { runRequests } from './requests';

/** What every request about points names. */
export interface Named {
	readonly member: string;
	readonly requestId: string;
}

/** How an outcome is shown where the usual fields do not say enough. */
export interface Shown {
	readonly applied: (outcome: Outcome, isShort: boolean) => IDataObject;
	readonly skipped: (reason: Reason, outcome: Outcome | null, isShort: boolean) => IDataObject;
}

/** Reads one request about points from each item and has them carried out; a field that makes no sense skips its item. */
export async function runPointRequests(
	context: IExecuteFunctions,
	toRequest: (named: Named, item: number) => Result<Request>,
	shown: Shown = { applied: appliedItem, skipped: skippedItem },
): Promise<Outputs> {
	const isShort = context.getNodeParameter('simplify', 0, true) as boolean;
	return await runRequests(
		context,
		(item) => {
			const member = memberParameter(context, item);
			if (!member.ok) return { refused: member.reason };
			const requestId = requestIdParameter(context, item);
			if (!requestId.ok) return { refused: requestId.reason };
			const request = toRequest({ member: member.value, requestId: requestId.value }, item);
			return request.ok ? { requests: [request.value] } : { refused: request.reason };
		},
		(outcome) => shown.applied(outcome, isShort),
		(reason, outcome) => shown.skipped(reason, outcome, isShort),
	);
}
