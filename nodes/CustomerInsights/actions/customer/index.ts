import type { INodeProperties } from 'n8n-workflow';
import { fieldNames, inputItemIs, resultLimit, simplify } from '../../inputFields';
import { shownFor } from '../operation';
import * as estimateLifetimeValue from './estimateLifetimeValue.operation';
import * as scoreChurnRisk from './scoreChurnRisk.operation';
import * as segment from './segment.operation';

export const operations = {
	estimateLifetimeValue: estimateLifetimeValue.execute,
	scoreChurnRisk: scoreChurnRisk.execute,
	segment: segment.execute,
};

const everyOperation = Object.keys(operations);

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customer'] } },
		options: [
			{
				name: 'Estimate Lifetime Value',
				value: 'estimateLifetimeValue',
				action: 'Estimate lifetime value of customers',
				description:
					'Expected revenue of each customer within the coming months, from how often they buy and how much they spend',
			},
			{
				name: 'Score Churn Risk',
				value: 'scoreChurnRisk',
				action: 'Score churn risk of customers',
				description:
					'Probability that each customer does not order again in time, with a level and reasons in plain words',
			},
			{
				name: 'Segment',
				value: 'segment',
				action: 'Segment customers',
				description:
					'RFM scores and named segments, loyalty ladder, VIPs, first-order month and preferred categories of each customer',
			},
		],
		default: 'scoreChurnRisk',
	},
	...shownFor('customer', everyOperation, [inputItemIs(true)]),
	...scoreChurnRisk.description,
	...estimateLifetimeValue.description,
	...segment.description,
	...shownFor('customer', everyOperation, [...resultLimit, simplify, fieldNames]),
	...scoreChurnRisk.options,
	...estimateLifetimeValue.options,
	...segment.options,
];
