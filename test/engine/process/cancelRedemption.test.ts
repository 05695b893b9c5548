import type { Outcome } from '../../../engine/process';
import { Programme } from '../support/programme';
import { ANNA, order, paid } from '../support/shop';

const cancel = async (programme: Programme, requestId: string, now?: string): Promise<Outcome> =>
	(
		await programme.ask(
			[{ kind: 'cancelRedemption', member: ANNA, requestId, reason: 'the shop refused the code' }],
			now,
		)
	)[0];

describe('a redemption that is cancelled', () => {
	it('gives its points back to the lots they came from, under their old expiry', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		const { nextExpiry } = programme.state();
		await programme.redeem(100, 'r1');
		expect(await cancel(programme, 'r1')).toMatchObject({
			applied: true,
			points: 100,
			summary: 'Taken back: the shop refused the code',
		});
		expect(programme.state()).toMatchObject({ spendable: 100, redeemed: 0, nextExpiry });
	});

	it('gives them back once, however often it is asked, also at the same moment', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		await programme.redeem(100, 'r1');
		const both = await Promise.all([cancel(programme, 'r1'), cancel(programme, 'r1')]);
		expect(both.filter(({ applied }) => applied)).toHaveLength(1);
		expect(await cancel(programme, 'r1')).toMatchObject({
			applied: false,
			reason: { code: 'alreadyCancelled' },
		});
		expect(programme.state()).toMatchObject({ spendable: 100, balance: 100 });
	});

	it('may be redeemed anew under the same request, with a new code, and cancelled again', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		await programme.redeem(100, 'r1');
		await cancel(programme, 'r1');
		expect(await programme.redeem(100, 'r1')).toMatchObject({ applied: true, points: -100 });
		expect(programme.state().spendable).toBe(0);
		expect(await programme.redeem(100, 'r1')).toMatchObject({
			reason: { code: 'alreadyRedeemed' },
		});
		expect(await cancel(programme, 'r1')).toMatchObject({ applied: true, points: 100 });
		expect(programme.state()).toMatchObject({ spendable: 100, balance: 100 });
	});

	it('stays when its code was used on an order', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		await programme.redeem(100, 'r1');
		await programme.hear({
			...paid(),
			order: order({ id: 'second', discountCodes: ['code-r1'] }),
		});
		const before = programme.state();
		expect(await cancel(programme, 'r1')).toMatchObject({ reason: { code: 'redemptionUsed' } });
		expect(programme.state().balance).toBe(before.balance);
	});

	it('must have been one: an unknown request is skipped', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		expect(await cancel(programme, 'other')).toMatchObject({
			applied: false,
			reason: { code: 'redemptionUnknown' },
		});
		expect(programme.ledger.rows).toHaveLength(1);
	});
});
