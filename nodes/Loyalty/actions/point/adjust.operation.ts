import { success } from '../../../../engine/result';
import { memberField, requestIdField, simplifyField } from '../../fields';
import { runPointRequests } from '../../pointRequests';
import { textParameter, wholeNumberParameter } from '../../requestParameters';
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
		return await runPointRequests(context, (named, item) => {
			const points = wholeNumberParameter(context, 'change', 'Change', item);
			if (!points.ok) return points;
			return success({
				kind: 'adjust',
				...named,
				points: points.value,
				reason: textParameter(context, 'reason', item),
				author: textParameter(context, 'author', item, 200),
			});
		});
	},
};
