import type { INodeProperties } from 'n8n-workflow';
import { fieldNames, inputItemIs, resultLimit, simplify } from '../../inputFields';
import { shownFor } from '../operation';
import * as recommend from './recommend.operation';

export const operations = { recommend: recommend.execute };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['product'] } },
		options: [
			{
				name: 'Recommend',
				value: 'recommend',
				action: 'Recommend products',
				description: 'What is bought together, for each product or for each customer',
			},
		],
		default: 'recommend',
	},
	...shownFor('product', ['recommend'], [inputItemIs(false)]),
	...recommend.description,
	...shownFor('product', ['recommend'], [...resultLimit, simplify, fieldNames]),
	...recommend.options,
];
