import { memberField, requestIdField, simplifyField } from '../../fields';
import { memberParameter } from '../../memberParameter';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { runRequests } from '../../requests';
import { requestIdParameter, wholeNumberParameter } from '../../requestParameters';
import type { Operation } from '../operation';

/** A correction by hand. */
export const adjustPoints: Operation = {
	value: 'adjust',
	name: 'Adjust',
	action: 'Adjust points',
	description:
		'Correct a balance by hand, up or down, with a reason and the name of whoever does it',
	properties: [
		memberField,
		{
			displayName: 'Change',
			name: 'change',
			type: 'number',
			typeOptions: { numberPrecision: 0 },
			required: true,
			default: 0,
			placeholder: 'e.g. -50',
			description:
				'Points to add, or to take when negative. Taking more than is there leaves the member owing.',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			placeholder: 'e.g. Points for order 1007 credited twice by phone',
			required: true,
			default: '',
		},
		{
			displayName: 'Author',
			name: 'author',
			type: 'string',
			placeholder: 'e.g. Ben from customer care',
			required: true,
			default: '',
			description: 'Who makes the correction',
		},
		requestIdField,
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
				const points = wholeNumberParameter(context, 'change', 'Change', item);
				if (!points.ok) return { refused: points.reason };
				return {
					requests: [
						{
							kind: 'adjust',
							member: member.value,
							points: points.value,
							reason: String(context.getNodeParameter('reason', item, ''))
								.trim()
								.slice(0, 500),
							author: String(context.getNodeParameter('author', item, ''))
								.trim()
								.slice(0, 200),
							requestId: requestId.value,
						},
					],
				};
			},
			(outcome) => appliedItem(outcome, isShort),
			(reason, outcome) => skippedItem(reason, outcome, isShort),
		);
	},
};
