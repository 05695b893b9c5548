import type { INodeProperties } from 'n8n-workflow';

export const campaignName: INodeProperties = {
	displayName: 'Campaign Name',
	name: 'campaignName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Win-back 2026',
	description:
		'The same name always gives the same customers the same group. Another name draws anew.',
};

export const holdoutPercent: INodeProperties = {
	displayName: 'Holdout in Percent',
	name: 'holdoutPercent',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 99 },
	default: 10,
	description: 'Share of customers who do not get the campaign',
};
