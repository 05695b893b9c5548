import { memberField, requestIdField, simplifyField } from '../../fields';
import { memberParameter } from '../../memberParameter';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { runRequests } from '../../requests';
import { requestIdParameter } from '../../requestParameters';
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
		const isShort = context.getNodeParameter('simplify', 0, true) as boolean;
		return await runRequests(
			context,
			(item) => {
				const member = memberParameter(context, item);
				if (!member.ok) return { refused: member.reason };
				const requestId = requestIdParameter(context, item);
				if (!requestId.ok) return { refused: requestId.reason };
				return {
					requests: [
						{
							kind: 'cancelRedemption',
							member: member.value,
							requestId: requestId.value,
							reason:
								String(context.getNodeParameter('reason', item, ''))
									.trim()
									.slice(0, 500) || 'the redemption was cancelled',
						},
					],
				};
			},
			(outcome) => appliedItem(outcome, isShort),
			(reason, outcome) => skippedItem(reason, outcome, isShort),
		);
	},
};
