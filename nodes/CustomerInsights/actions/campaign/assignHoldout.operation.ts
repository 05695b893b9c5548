import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { readCustomers } from '../../../../engine/insight/input';
import { assignHoldout } from '../../../../engine/insight/lift';
import { customerKey } from '../../../../engine/insight/purchase';
import { success } from '../../../../engine/result';
import { linkToAll } from '../../output';
import { showWarnings } from '../../summaryItem';
import { shownFor, type Operation } from '../operation';
import { campaignName, holdoutPercent } from './campaignFields';

export const description: INodeProperties[] = shownFor(
	'campaign',
	['assignHoldout'],
	[
		campaignName,
		holdoutPercent,
		{
			displayName: 'Customer Field',
			name: 'customerField',
			type: 'string',
			default: '',
			placeholder: 'e.g. email',
			description:
				'Field that tells customers apart. When empty, the email address does, or else the customer ID.',
		},
	],
);

/** Every item is one customer; all of its fields are kept, and the group is added. */
export const execute: Operation = async (context) => {
	const inputItems = context.getInputData();
	const seed = context.getNodeParameter('campaignName', 0) as string;
	const share = (context.getNodeParameter('holdoutPercent', 0) as number) / 100;
	const customerField = context.getNodeParameter('customerField', 0, '') as string;
	const { customers } = readCustomers(
		inputItems.map(({ json }) => json),
		{ fields: { customer: customerField } },
	);
	const counts = { treated: 0, holdout: 0, none: 0 };
	const items: INodeExecutionData[] = [];
	for (const [place, { json, binary }] of inputItems.entries()) {
		const customer = customerKey(customers[place].customer);
		const group = assignHoldout(customer, { seed, share });
		if (!group.ok && group.reason.code !== 'holdout.customer') return group;
		counts[group.ok ? group.value : 'none'] += 1;
		const added: IDataObject = group.ok
			? { campaign_name: seed, campaign_group: group.value }
			: { campaign_name: seed, campaign_group: null, campaign_group_reason: group.reason.message };
		items.push({ json: { ...json, ...added }, binary, pairedItem: { item: place } });
	}
	const warnings =
		counts.none === 0
			? []
			: [
					`${counts.none} of ${inputItems.length} items name no customer and are in no group. ` +
						'Choose the Customer Field.',
				];
	showWarnings(context, warnings);
	return success({
		items,
		summary: {
			json: {
				operation: 'Assign Holdout',
				campaign_name: seed,
				customers_treated: counts.treated,
				customers_held_out: counts.holdout,
				customers_without_group: counts.none,
				holdout_share_planned: share,
				warnings,
			},
			pairedItem: linkToAll(inputItems.length),
		},
	});
};
