import type { IDataObject } from 'n8n-workflow';

import { ANNA, paid } from '../../engine/support/shop';
import { readJson } from '../../package/checkout.cjs';
import { Runtime } from '../runtime';

interface Schema {
	properties: Record<string, { type: string }>;
}

const PUBLISH = { currency: 'EUR', pendingMode: 'none' };
const gift = { member: ANNA, points: 700, reason: 'A gift', requestId: 'gift' };

/** In an order in which each operation finds what it needs: a programme, then a member, then points. */
const calls: Array<[operation: string, parameters: IDataObject, item: IDataObject]> = [
	['program/publish', PUBLISH, {}],
	['program/get', {}, {}],
	['event/process', {}, { event: paid() as never }],
	['member/enroll', { member: 'ben@example.com' }, {}],
	['member/get', { member: ANNA }, {}],
	['member/getMany', {}, {}],
	['point/award', gift, {}],
	[
		'point/adjust',
		{ member: ANNA, change: -50, reason: 'Typo', author: 'Ben', requestId: 'a1' },
		{},
	],
	['point/redeem', { member: ANNA, points: 100, requestId: 'r1' }, {}],
	['upkeep/rebuild', {}, {}],
];

function typeOf(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

describe('what the Loyalty node puts out', () => {
	const runtime = new Runtime();

	it.each(calls)('%s: is what its schema promises the editor', async (name, parameters, item) => {
		const [resource, operation] = name.split('/');
		const run = await runtime.run(
			{
				nodes: [
					{
						name: 'Begin',
						type: 'n8n-nodes-base.executeWorkflowTrigger',
						typeVersion: 1.1,
						parameters: { inputSource: 'passthrough' },
					},
					{
						name: 'Loyalty',
						type: 'n8n-nodes-loyalty.loyalty',
						parameters: { resource, operation, ...parameters } as never,
					},
				],
				connections: { Begin: { main: [[{ node: 'Loyalty', type: 'main', index: 0 }]] } },
			},
			{ startNode: 'Begin', items: [item] },
		);
		expect(run.error).toBeUndefined();
		expect(run.json('Loyalty', 1)).toEqual([]);
		const [json] = run.json('Loyalty');
		const types = Object.fromEntries(
			Object.entries(json).map(([field, value]) => [field, typeOf(value)]),
		);
		const { properties } = readJson(`nodes/Loyalty/__schema__/v1.0.0/${name}.json`) as Schema;
		expect(types).toEqual(
			Object.fromEntries(Object.entries(properties).map(([field, { type }]) => [field, type])),
		);
	});
});
