import type { INodeProperties } from 'n8n-workflow';

export const vipShare: INodeProperties = {
	displayName: 'VIP Share of Revenue',
	name: 'vipShare',
	type: 'number',
	typeOptions: { minValue: 0.01, maxValue: 1, numberPrecision: 2 },
	default: 0.5,
	description:
		'VIPs are the fewest customers who together make this share of the revenue: 0.5 for half of it',
};
