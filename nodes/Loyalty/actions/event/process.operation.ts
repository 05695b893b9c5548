import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parseStoreEvent, recogniseOrder } from '../../../../engine/event';
import { boughtBy } from '../../../../engine/member';
import { simplifyField } from '../../fields';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { runRequests, type Asked } from '../../requests';
import type { Operation } from '../operation';

/** Takes what a shop reported, from the Store Event Trigger or from any node that gives whole orders. */
export const processEvent: Operation = {
	value: 'process',
	name: 'Process',
	action: 'Process event',
	description:
		'Count an order, refund, cancellation or new customer, whatever node it comes from. The same one counts once.',
	properties: [
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Member Email',
					name: 'member',
					type: 'string',
					placeholder: 'e.g. anna@example.com',
					default: '',
					description:
						'Who gets the points, where it is not the buyer named in the order. Usually an expression.',
				},
				{
					displayName: 'Shop Domain',
					name: 'store',
					type: 'string',
					placeholder: 'e.g. my-shop.myshopify.com',
					default: '',
					description:
						"The shop's address, for orders from nodes that do not say it. Must be the same as the webhooks of that shop send, or an order could count twice.",
				},
			],
		},
	],
	async execute(context) {
		const isShort = (item: number) => context.getNodeParameter('simplify', item, true) as boolean;
		return await runRequests(
			context,
			(item) => asked(context, item),
			(outcome) => appliedItem(outcome, isShort(0)),
			(reason, outcome) => skippedItem(reason, outcome, isShort(0)),
		);
	},
};

function asked(context: IExecuteFunctions, item: number): Asked {
	const { json } = context.getInputData()[item];
	const options = context.getNodeParameter('options', item, {}) as IDataObject;
	const member = String(options.member ?? '').trim();
	const store = String(options.store ?? '').trim();
	const reading = isStoreEvent(json.event)
		? oneEvent(json.event)
		: recogniseOrder(json, store === '' ? {} : { store });
	if ('ignored' in reading) return { refused: reading.ignored };
	return {
		requests: reading.events.map((event) => ({
			kind: 'event',
			event: member === '' ? event : boughtBy(member, event),
		})),
	};
}

function isStoreEvent(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'type' in value && 'store' in value;
}

function oneEvent(value: unknown): ReturnType<typeof recogniseOrder> {
	const event = parseStoreEvent(value);
	return event.ok ? { events: [event.value] } : { ignored: event.reason };
}
