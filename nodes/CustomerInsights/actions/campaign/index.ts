import type { INodeProperties } from 'n8n-workflow';
import * as assignHoldout from './assignHoldout.operation';
import * as measureLift from './measureLift.operation';

export const operations = {
	assignHoldout: assignHoldout.execute,
	measureLift: measureLift.execute,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['campaign'] } },
		options: [
			{
				name: 'Assign Holdout',
				value: 'assignHoldout',
				action: 'Assign holdout of campaign',
				description:
					'Leave a stable random share of customers alone, to find out later what the campaign did',
			},
			{
				name: 'Measure Lift',
				value: 'measureLift',
				action: 'Measure lift of campaign',
				description:
					'Compare customers with the campaign to the holdout: repeat rate, orders and revenue, with intervals',
			},
		],
		default: 'assignHoldout',
	},
	...assignHoldout.description,
	...measureLift.description,
];
