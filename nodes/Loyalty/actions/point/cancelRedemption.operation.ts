import { success } from '../../../../engine/result';
import { memberField, requestIdField, simplifyField } from '../../fields';
import { runPointRequests } from '../../pointRequests';
import { textParameter } from '../../requestParameters';
import type { Operation } from '../operation';

/** Gives the points of a redemption back whose discount came to nothing. */
export const cancelRedemption: Operation = {
	value: 'cancelRedemption',
	name: 'Cancel Redemption',
	action: 'Cancel redemption',
	description:
		'Give points back whose discount could not be made. The same request may be redeemed anew afterwards, under a new code.',
	properties: [
		memberField,
		{
			...requestIdField,
			description: 'The ID that the redemption was requested under',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			placeholder: 'e.g. The shop did not accept the discount code',
			required: true,
			default: '',
			description: 'Shown in the ledger and in the output',
		},
		simplifyField,
	],
	async execute(context) {
		return await runPointRequests(context, (named, item) =>
			success({
				kind: 'cancelRedemption',
				...named,
				reason: textParameter(context, 'reason', item) || 'the redemption was cancelled',
			}),
		);
	},
};
