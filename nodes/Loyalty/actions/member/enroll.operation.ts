import type { IDataObject } from 'n8n-workflow';

import { memberField, simplifyField } from '../../fields';
import { memberParameter } from '../../memberParameter';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { runRequests } from '../../requests';
import type { Operation } from '../operation';

/** Somebody joins by asking. */
export const enrollMember: Operation = {
	value: 'enroll',
	name: 'Enroll',
	action: 'Enroll member',
	description: 'Let somebody join who asked to, for programmes that are joined on request',
	properties: [
		memberField,
		simplifyField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{ displayName: 'First Name', name: 'firstName', type: 'string', default: '' },
				{ displayName: 'Last Name', name: 'lastName', type: 'string', default: '' },
				{
					displayName: 'Marketing Consent',
					name: 'consent',
					type: 'options',
					options: [
						{ name: 'No', value: 'no' },
						{ name: 'Not Asked', value: 'unknown' },
						{ name: 'Yes', value: 'yes' },
					],
					default: 'unknown',
					description: 'Whether they agreed to marketing messages',
				},
				{ displayName: 'Phone', name: 'phone', type: 'string', default: '' },
			],
		},
	],
	async execute(context) {
		const isShort = context.getNodeParameter('simplify', 0, true) as boolean;
		return await runRequests(
			context,
			(item) => {
				const member = memberParameter(context, item);
				if (!member.ok) return { refused: member.reason };
				const fields = context.getNodeParameter('additionalFields', item, {}) as IDataObject;
				const text = (name: string) =>
					String(fields[name] ?? '')
						.trim()
						.slice(0, 200) || null;
				const consent =
					fields.consent === 'yes' || fields.consent === 'no' ? fields.consent : 'unknown';
				return {
					requests: [
						{
							kind: 'enroll',
							member: member.value,
							profile: {
								email: member.value.includes('@') ? member.value : null,
								phone: text('phone'),
								firstName: text('firstName'),
								lastName: text('lastName'),
								locale: null,
								consent,
								customerId: null,
							},
						},
					],
				};
			},
			(outcome) => appliedItem(outcome, isShort),
			(reason, outcome) => skippedItem(reason, outcome, isShort),
		);
	},
};
