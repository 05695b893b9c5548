import { success } from '../../../../engine/result';
import { memberField, pointsField, requestIdField, simplifyField } from '../../fields';
import { runPointRequests } from '../../pointRequests';
import { textParameter, wholeNumberParameter } from '../../requestParameters';
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
		return await runPointRequests(context, (named, item) => {
			const points = wholeNumberParameter(context, 'points', 'Points', item);
			if (!points.ok) return points;
			return success({
				kind: 'award',
				...named,
				points: points.value,
				reason: textParameter(context, 'reason', item) || 'Awarded',
			});
		});
	},
};
