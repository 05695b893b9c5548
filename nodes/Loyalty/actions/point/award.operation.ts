import { memberField, pointsField, requestIdField, simplifyField } from '../../fields';
import { memberParameter } from '../../memberParameter';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { runRequests } from '../../requests';
import { requestIdParameter, wholeNumberParameter } from '../../requestParameters';
import type { Operation } from '../operation';

/** Points for something else than an order. */
export const awardPoints: Operation = {
	value: 'award',
	name: 'Award',
	action: 'Award points',
	description: 'Give points for a review, a survey, a birthday or as a gesture of goodwill',
	properties: [
		memberField,
		pointsField,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			placeholder: 'e.g. Review of the blue teapot',
			required: true,
			default: '',
			description: 'What the points are for. Shown in the ledger and in the output.',
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
				const points = wholeNumberParameter(context, 'points', 'Points', item);
				if (!points.ok) return { refused: points.reason };
				const reason = String(context.getNodeParameter('reason', item, '')).trim();
				return {
					requests: [
						{
							kind: 'award',
							member: member.value,
							points: points.value,
							reason: reason.slice(0, 500) || 'Awarded',
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
