import type { IExecuteFunctions } from 'n8n-workflow';

import { normaliseEmail } from '../../engine/member';
import { refusal, success, type Result } from '../../engine/result';

/** The member that an item names: an e-mail address, or an id as the node itself gives it out. */
export function memberParameter(context: IExecuteFunctions, item: number): Result<string> {
	const text = String(context.getNodeParameter('member', item, '') ?? '').trim();
	if (text === '')
		return refusal('memberMissing', 'No member was named. Fill in the field Member Email.');
	return text.includes('@') ? normaliseEmail(text) : success(text.slice(0, 500));
}
