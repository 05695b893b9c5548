import type { IDataObject } from 'n8n-workflow';

import { ANNA, paid, refunded } from '../../engine/support/shop';
import { Runtime } from '../runtime';

const LOYALTY = 'n8n-nodes-loyalty.loyalty';

/** One Loyalty node, run over some items. */
async function loyalty(runtime: Runtime, parameters: IDataObject, items: IDataObject[] = [{}]) {
	const run = await runtime.run(
		{
			nodes: [
				{
					name: 'Begin',
					type: 'n8n-nodes-base.executeWorkflowTrigger',
					typeVersion: 1.1,
					parameters: { inputSource: 'passthrough' },
				},
				{ name: 'Loyalty', type: LOYALTY, typeVersion: 1, parameters: parameters as never },
			],
			connections: { Begin: { main: [[{ node: 'Loyalty', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		},
		{ startNode: 'Begin', items },
	);
	if (run.error) throw run.error;
	return { applied: run.json('Loyalty', 0), skipped: run.json('Loyalty', 1), run };
}

const PUBLISH = { resource: 'program', operation: 'publish', currency: 'EUR', pendingMode: 'none' };
const PROCESS = { resource: 'event', operation: 'process' };

describe('the Loyalty node', () => {
	it('makes its tables, publishes a programme and counts an order once', async () => {
		const runtime = new Runtime();
		const publishing = await loyalty(runtime, PUBLISH);
		expect(publishing.skipped).toEqual([]);
		expect(publishing.applied).toMatchObject([{ published: true, version: 1, isNew: true }]);

		const first = await loyalty(runtime, PROCESS, [{ event: paid() as never }]);
		expect(first.applied).toMatchObject([{ email: ANNA, points: 100, spendablePoints: 100 }]);
		const second = await loyalty(runtime, PROCESS, [{ event: paid() as never }]);
		expect(second).toMatchObject({ applied: [], skipped: [{ reasonCode: 'alreadyCounted' }] });
		expect(runtime.tables.rows('loyalty_ledger')).toHaveLength(1);
		expect(runtime.tables.rows('loyalty_members')).toMatchObject([
			{ member_id: ANNA, spendable_points: 100, ledger_up_to: 1 },
		]);
	});

	it('counts each of twenty parallel deliveries of one order exactly once', async () => {
		const runtime = new Runtime();
		await loyalty(runtime, PUBLISH);
		const runs = await Promise.all(
			Array.from(
				{ length: 20 },
				async () => await loyalty(runtime, PROCESS, [{ event: paid() as never }]),
			),
		);
		expect(runs.flatMap((run) => run.applied)).toHaveLength(1);
		expect(runs.flatMap((run) => run.skipped)).toHaveLength(19);
		const { applied } = await loyalty(runtime, {
			resource: 'member',
			operation: 'get',
			member: ANNA,
		});
		expect(applied).toMatchObject([{ email: ANNA, spendablePoints: 100 }]);
	});

	it('lets exactly seven of thirty parallel redemptions through when the balance allows seven', async () => {
		const runtime = new Runtime();
		await loyalty(runtime, PUBLISH);
		await loyalty(runtime, {
			resource: 'point',
			operation: 'award',
			member: ANNA,
			points: 700,
			reason: 'A gift',
			requestId: 'gift',
		});
		const runs = await Promise.all(
			Array.from(
				{ length: 30 },
				async (_, index) =>
					await loyalty(runtime, {
						resource: 'point',
						operation: 'redeem',
						member: ANNA,
						points: 100,
						requestId: `r${index}`,
					}),
			),
		);
		expect(runs.flatMap((run) => run.applied)).toHaveLength(7);
		expect(runs.flatMap((run) => run.skipped).map((item) => item.reasonCode)).toEqual(
			Array.from({ length: 23 }, () => 'notEnoughPoints'),
		);
	});

	it('gives a repeated redemption its first code again', async () => {
		const runtime = new Runtime();
		await loyalty(runtime, PUBLISH);
		await loyalty(runtime, PROCESS, [{ event: paid() as never }]);
		const redeem = {
			resource: 'point',
			operation: 'redeem',
			member: ANNA,
			points: 100,
			requestId: 'r1',
		};
		const [first] = (await loyalty(runtime, redeem)).applied;
		expect(first).toMatchObject({
			redeemed: true,
			redeemedPoints: 100,
			discount: '1.00',
			points: -100,
		});
		const [again] = (await loyalty(runtime, redeem)).skipped;
		expect(again).toMatchObject({
			redeemed: true,
			reasonCode: 'alreadyRedeemed',
			discountCode: first.discountCode,
		});
	});

	it('handles a batch with bad items: the rest goes on, nothing is lost', async () => {
		const runtime = new Runtime();
		await loyalty(runtime, PUBLISH);
		const { applied, skipped } = await loyalty(runtime, PROCESS, [
			{ nonsense: true },
			{ event: paid({ id: '1' }) as never },
			{ event: refunded({ orderId: '1' }) as never },
			{ event: { type: 'order.paid', store: 'x' } },
		]);
		expect(applied).toMatchObject([{ points: 100 }, { points: -50 }]);
		expect(skipped).toHaveLength(2);
		expect(runtime.subExecutions.length).toBeLessThan(8);
	});

	it('takes a tier that was left empty as a whole for none, and half of one for a fault', async () => {
		const publish = async (tier: IDataObject[]) =>
			await loyalty(new Runtime(), { ...PUBLISH, tiers: { tier } });
		const empty = { name: '', threshold: 0, multiplier: 1 };
		const { applied } = await publish([{ name: 'Gold', threshold: 500 }, empty]);
		expect(applied).toMatchObject([{ published: true, tiers: 'Gold' }]);
		const { skipped } = await publish([{ ...empty, threshold: 900 }]);
		expect(skipped).toMatchObject([{ published: false, reasonCode: 'invalidProgram' }]);
	});

	it('says what is wrong with a programme by the name of the field', async () => {
		const { applied, skipped } = await loyalty(new Runtime(), {
			...PUBLISH,
			tiers: {
				tier: [
					{ name: 'Gold', threshold: 500 },
					{ name: 'Silver', threshold: 100 },
				],
			},
		});
		expect(applied).toEqual([]);
		expect(skipped).toMatchObject([
			{ published: false, reason: expect.stringContaining('Silver') },
		]);
	});

	it('rebuilds the members table from the ledger', async () => {
		const runtime = new Runtime();
		await loyalty(runtime, PUBLISH);
		await loyalty(runtime, PROCESS, [{ event: paid() as never }]);
		const rebuild = { resource: 'upkeep', operation: 'rebuild' };
		expect((await loyalty(runtime, rebuild)).applied).toMatchObject([{ members: 1, corrected: 0 }]);
	});

	it('asks for a programme before it counts anything', async () => {
		await expect(
			loyalty(new Runtime(), PROCESS, [{ event: paid() as never }]),
		).rejects.toMatchObject({
			message: expect.stringContaining('No loyalty programme is published') as string,
		});
	});
});
