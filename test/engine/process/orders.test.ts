import { UNKNOWN_PROFILE } from '../../../engine/ledger/profile';
import { ANNA, cancelled, line, newCustomer, order, paid, refunded } from '../support/shop';
import { Programme } from '../support/programme';

describe('an order', () => {
	it('gives one point for each whole currency unit by default', async () => {
		const programme = new Programme();
		const outcome = await programme.hearOne(paid({ lines: [line({ net: 1990 })] }));
		expect(outcome).toMatchObject({ applied: true, points: 19, reason: null });
		expect(programme.state()).toMatchObject({ spendable: 19, orders: 1, spend: 1990 });
	});

	it('counts once however often it is reported', async () => {
		const programme = new Programme();
		await programme.hear(paid(), paid());
		const again = await programme.hearOne(paid());
		expect(again).toMatchObject({ applied: false, points: 0, reason: { code: 'alreadyCounted' } });
		expect(programme.state()).toMatchObject({ spendable: 100, orders: 1 });
		expect(programme.ledger.rows).toHaveLength(1);
	});

	it.each([
		['a test order', { ...paid(), test: true }, 'testOrder'],
		['a worthless order', paid({ total: 0 }), 'zeroValue'],
		['a negative order', paid({ total: -100 }), 'negativeTotal'],
		['an order in a currency without a rate', paid({ currency: 'JPY' }), 'currencyWithoutRate'],
		['an order without a customer', paid({ customer: null }), 'noIdentity'],
		['an unpaid order', { ...paid(), type: 'order.created' as const }, 'notPaid'],
	])('%s is skipped with its reason and writes nothing', async (_name, event, code) => {
		const programme = new Programme();
		const outcome = await programme.hearOne(event);
		expect(outcome).toMatchObject({ applied: false, reason: { code } });
		expect(programme.ledger.rows).toHaveLength(0);
	});

	it("in another currency is converted by the programme's rate, whatever decimals the currencies have", async () => {
		const programme = new Programme({ currencyRates: [{ currency: 'JPY', rate: '0.006' }] });
		await programme.hear(paid({ currency: 'JPY', lines: [line({ net: 10000 })] }));
		expect(programme.state()).toMatchObject({ spendable: 60, spend: 6000 });
	});

	it('counts as paid by a status of WooCommerce that the programme lists', async () => {
		const programme = new Programme({ paidStatuses: ['packed'] });
		const event = {
			...paid(),
			type: 'order.created' as const,
			platform: 'woocommerce' as const,
			order: order({ status: 'packed', paidAt: null }),
		};
		expect(await programme.hearOne(event)).toMatchObject({ applied: true, points: 100 });
	});

	it('of WooCommerce without a payment date counts only by a status that the programme lists', async () => {
		const programme = new Programme({ paidStatuses: ['wc-completed'] });
		const reported = (status: string) => ({
			...paid({ status, paidByStatus: true }),
			platform: 'woocommerce' as const,
		});
		expect(await programme.hearOne(reported('processing'))).toMatchObject({
			reason: { code: 'notPaid' },
		});
		expect(await programme.hearOne(reported('completed'))).toMatchObject({ points: 100 });
	});

	it('that is cancelled takes everything back, whichever came first', async () => {
		for (const events of [
			[paid(), cancelled()],
			[cancelled(), paid()],
		]) {
			const programme = new Programme();
			for (const event of events) await programme.hear(event);
			expect(programme.state()).toMatchObject({
				balance: 0,
				orders: 0,
				spend: 0,
				lifetimeEarned: 0,
			});
		}
	});

	it('that was cancelled before it was paid says so', async () => {
		const programme = new Programme();
		await programme.hear(cancelled());
		expect(await programme.hearOne(paid())).toMatchObject({
			applied: false,
			reason: { code: 'cancelledBefore' },
		});
	});
});

describe('a refund', () => {
	it('of all that was charged takes everything, though the lines add up to a cent more', async () => {
		const programme = new Programme();
		await programme.hear(
			paid({ lines: [line({ net: 833, tax: 167 })], total: 999 }),
			refunded({ amount: 999 }),
		);
		expect(programme.state()).toMatchObject({ balance: 0, orders: 0, spend: 0 });
	});

	it("of a line takes that line's part of the qualifying spend, and of a gift card none", async () => {
		for (const [lineId, spend] of [
			['card', 10000],
			['goods', 0],
		] as const) {
			const programme = new Programme();
			await programme.hear(
				paid({ lines: [line({ id: 'goods' }), line({ id: 'card', giftCard: true })] }),
				refunded({ amount: 10000, lines: [{ lineId, quantity: 1, amount: 10000 }] }),
			);
			expect(programme.state()).toMatchObject({ spend, balance: spend / 100 });
		}
	});

	it('of a thing that was added to the order after it had been counted takes nothing', async () => {
		const programme = new Programme();
		const added = { id: 'r1', amount: 4000, lines: [{ lineId: 'new', quantity: 1, amount: 4000 }] };
		await programme.hear(paid(), refunded(added), refunded({ id: 'r2', amount: 6000 }));
		expect(programme.state()).toMatchObject({ balance: 40, orders: 1, spend: 4000 });
	});

	it('of what a gift card paid leaves the points for the money alone', async () => {
		const lines = [line({ id: 'a', net: 6000 }), line({ id: 'b', net: 4000 })];
		const bought = paid({ lines, paidByCredit: { giftCard: 4000, storeCredit: 0, points: 0 } });
		const a = [{ lineId: 'a', quantity: 1, amount: 6000 }];
		for (const [refund, left] of [
			[{ amount: 6000, credit: 2400, lines: a }, 24],
			[{ amount: 3600, lines: a }, 24],
			[{ amount: 5000, credit: 4000 }, 50],
			[{ amount: 10000, credit: 4000 }, 0],
		] as const) {
			for (const events of [
				[bought, refunded(refund)],
				[refunded(refund), bought],
			]) {
				const programme = new Programme();
				await programme.hear(...events);
				expect(programme.state()).toMatchObject({ balance: left, spend: left * 100 });
			}
		}
	});

	it('takes its share of the points', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		expect(await programme.hearOne(refunded({ amount: 2500 }))).toMatchObject({
			applied: true,
			points: -25,
		});
		expect(programme.state()).toMatchObject({ spendable: 75, spend: 7500, orders: 1 });
	});

	it('seen twice counts once', async () => {
		const programme = new Programme();
		await programme.hear(paid(), refunded(), refunded());
		expect(await programme.hearOne(refunded())).toMatchObject({ applied: false });
		expect(programme.state().spendable).toBe(50);
	});

	it('before its order is kept and counts when the order comes', async () => {
		const programme = new Programme();
		expect(await programme.hearOne(refunded())).toMatchObject({
			applied: false,
			reason: { code: 'waitsForOrder' },
		});
		expect(await programme.hearOne(paid())).toMatchObject({ applied: true, points: 50 });
		expect(programme.state()).toMatchObject({ spendable: 50, spend: 5000 });
		expect(programme.ledger.views.get('anna@example.com')).toMatchObject({ spendablePoints: 50 });
	});

	it('in three thirds takes exactly everything', async () => {
		const programme = new Programme();
		await programme.hear(
			paid({ lines: [line({ net: 10000 })] }),
			refunded({ id: 'a', amount: 3333 }),
			refunded({ id: 'b', amount: 3333 }),
			refunded({ id: 'c', amount: 3334 }),
		);
		expect(programme.state()).toMatchObject({ balance: 0, orders: 0, spend: 0 });
	});

	it("of a line takes that line's points, not the average", async () => {
		const programme = new Programme({
			earning: {
				rules: [
					{ id: 'base', name: 'Base' },
					{ id: 'double', name: 'Ten times for A', points: '10', scope: { skus: ['A'] } },
				],
			},
		});
		await programme.hear(
			paid({
				lines: [line({ id: 'a', sku: 'A', net: 1000 }), line({ id: 'b', sku: 'B', net: 9000 })],
			}),
		);
		expect(programme.state().spendable).toBe(190);
		await programme.hear(
			refunded({ amount: 1000, lines: [{ lineId: 'a', quantity: 1, amount: 1000 }] }),
		);
		expect(programme.state().spendable).toBe(90);
	});

	it('of shipping alone takes no points', async () => {
		const programme = new Programme();
		await programme.hear(
			paid({ shipping: { net: 500, tax: 0 } }),
			refunded({ amount: 500, shipping: 500 }),
		);
		expect(programme.state().spendable).toBe(100);
	});

	it('takes a fixed bonus only when everything is refunded', async () => {
		const programme = new Programme({
			earning: {
				rules: [
					{ id: 'base', name: 'Base' },
					{
						id: 'first',
						name: 'First order',
						kind: 'perOrder',
						points: '50',
						when: { nthOrder: 1 },
					},
				],
			},
		});
		await programme.hear(paid());
		expect(programme.state().spendable).toBe(150);
		await programme.hear(refunded({ id: 'a', amount: 9999 }));
		expect(programme.state().spendable).toBe(50);
		await programme.hear(refunded({ id: 'b', amount: 1 }));
		expect(programme.state().balance).toBe(0);
	});

	it('of spent points leaves the member owing, and the next credit pays', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		await programme.redeem(100, 'r1');
		await programme.hear(refunded({ amount: 10000 }));
		expect(programme.state()).toMatchObject({ spendable: 0, owed: 100, balance: -100 });
		await programme.award(130, 'w1');
		expect(programme.state()).toMatchObject({ spendable: 30, owed: 0, balance: 30 });
	});

	it('takes only what is there where the programme says so, and notes the rest', async () => {
		const programme = new Programme({ refunds: { whenSpent: 'available' } });
		await programme.hear(paid());
		await programme.redeem(100, 'r1');
		await programme.hear(refunded({ amount: 10000 }));
		expect(programme.state()).toMatchObject({ owed: 0, balance: 0 });
		const row = programme.ledger.rows.find(({ kind }) => kind === 'refund');
		expect(row?.facts).toMatchObject({ asked: 100, taken: 0, uncollected: 100 });
	});

	it('takes only pending points where the programme says so', async () => {
		const programme = new Programme({
			pending: { mode: 'days', days: 14 },
			refunds: { whenSpent: 'pendingOnly' },
		});
		await programme.hear(
			paid(),
			refunded({ id: 'early', amount: 3000 }, '2026-02-05T10:00:00.000Z'),
			refunded({ id: 'late', amount: 7000 }, '2026-02-20T10:00:00.000Z'),
		);
		expect(programme.state().balance).toBe(70);
	});

	it('without money, or in another currency, is skipped with its reason', async () => {
		const programme = new Programme();
		await programme.hear(paid());
		expect(await programme.hearOne(refunded({ amount: 0 }))).toMatchObject({
			reason: { code: 'nothingPaidBack' },
		});
		expect(await programme.hearOne(refunded({ currency: 'USD' }))).toMatchObject({
			reason: { code: 'currencyDiffers' },
		});
		expect(programme.state().spendable).toBe(100);
	});
});

describe('points that were redeemed on a refunded order', () => {
	it('come back when the order is cancelled before it was ever paid, once, and also if it is paid after all', async () => {
		const code = { discountCodes: ['code-r'] };
		for (const before of [[], [{ ...paid(code), type: 'order.created' as const }]]) {
			const programme = new Programme();
			await programme.award(100, 'gift');
			await programme.redeem(100, 'r');
			await programme.hear(...before);
			const outcome = await programme.hearOne(cancelled(code));
			expect(outcome).toMatchObject({ applied: true, points: 100, member: { balance: 100 } });
			const again = await programme.hearOne(cancelled(code));
			expect(again).toMatchObject({ applied: false, points: 0 });
			await programme.hear(paid(code));
			expect(programme.state()).toMatchObject({ spendable: 100, owed: 0, orders: 0 });
		}
	});

	it('come back lapsed when they have lapsed meanwhile, and then pay no debt', async () => {
		const programme = new Programme({
			expiry: { mode: 'perLot', months: 1 },
			redemption: { minimum: 1, step: 1 },
		});
		await programme.award(100, 'gift', '2026-02-10T10:00:00.000Z');
		await programme.redeem(100, 'a', null, '2026-02-11T10:00:00.000Z');
		const bought = paid({
			id: '2',
			lines: [line({ net: 2000 })],
			createdAt: '2026-02-12T10:00:00.000Z',
			paidAt: '2026-02-12T10:00:00.000Z',
			discountCodes: ['CODE-a'],
		});
		await programme.ask([{ kind: 'event', event: bought }], '2026-02-12T10:00:00.000Z');
		await programme.redeem(20, 'b', null, '2026-02-13T10:00:00.000Z');
		const back = refunded({ orderId: '2', amount: 2000 }, '2026-03-20T10:00:00.000Z');
		await programme.ask([{ kind: 'event', event: back }], '2026-03-20T10:00:00.000Z');
		expect(programme.state(undefined, '2026-03-20T10:00:00.000Z')).toMatchObject({
			owed: 20,
			spendable: 0,
			expired: 100,
		});
	});

	it('go back to the very lots they came from, with their old expiry', async () => {
		const programme = new Programme({
			expiry: { mode: 'perLot', months: 12, since: '2020-01-01T00:00:00.000Z' },
		});
		await programme.hear(paid({ id: '1', createdAt: '2025-04-01T10:00:00.000Z' }));
		await programme.redeem(100, 'r1');
		await programme.hear(
			paid({ id: '2', lines: [line({ net: 5000 })], discountCodes: ['code-R1'] }),
			cancelled({ id: '2' }),
		);
		expect(programme.state()).toMatchObject({
			spendable: 100,
			nextExpiry: { points: 100, at: '2026-04-01T10:00:00.000Z' },
			redeemed: 0,
		});
		expect(programme.state(undefined, '2026-05-01T00:00:00.000Z')).toMatchObject({
			spendable: 0,
			expired: 100,
		});
	});

	it('come back in part with a partial refund, and never twice', async () => {
		const programme = new Programme();
		await programme.hear(paid({ id: '1', lines: [line({ net: 20000 })] }));
		await programme.redeem(200, 'r1');
		await programme.hear(paid({ id: '2', discountCodes: ['CODE-r1'] }));
		await programme.hear(refunded({ id: 'a', orderId: '2', amount: 2500 }));
		expect(programme.state().books).toMatchObject({ redeemed: 200, returned: 50 });
		await programme.hear(refunded({ id: 'b', orderId: '2', amount: 7500 }));
		expect(programme.state().books).toMatchObject({ redeemed: 200, returned: 200 });
		expect(programme.state().spendable).toBe(200);
	});
});

describe('joining', () => {
	it('on request gives the bonus for the first order to one order only, though both waited', async () => {
		const programme = new Programme({
			joining: { mode: 'onRequest', claimEarlierOrders: true },
			earning: {
				rules: [
					{ id: 'base', name: 'Base', points: '1', per: '1' },
					{ id: 'first', name: 'First', kind: 'perOrder', points: '500', when: { nthOrder: 1 } },
				],
			},
		});
		await programme.hear(paid({ id: '1' }));
		await programme.hear(paid({ id: '2' }));
		await programme.ask([{ kind: 'enroll', member: ANNA, profile: UNKNOWN_PROFILE }]);
		expect(programme.state()).toMatchObject({ orders: 2, balance: 700 });
	});

	it('comes with a new account', async () => {
		const programme = new Programme();
		expect(await programme.hearOne(newCustomer('anna@example.com'))).toMatchObject({
			applied: true,
		});
		expect(programme.state()).toMatchObject({
			isMember: true,
			joinedAt: '2026-01-15T10:00:00.000Z',
		});
	});

	it('on request does not happen by an award or an adjustment', async () => {
		const programme = new Programme({ joining: { mode: 'onRequest' } });
		for (const outcome of [await programme.award(10, 'a'), await programme.adjust(10, 'b')])
			expect(outcome).toMatchObject({ applied: false, reason: { code: 'notAMember' } });
		expect(programme.ledger.rows).toHaveLength(0);
	});

	it('on request keeps earlier orders and counts them where the programme says so', async () => {
		const programme = new Programme({ joining: { mode: 'onRequest', claimEarlierOrders: true } });
		expect(await programme.hearOne(paid())).toMatchObject({
			applied: false,
			reason: { code: 'notAMember' },
		});
		expect(programme.state()).toMatchObject({ isMember: false, spendable: 0, heldOrders: 1 });
		const profile = {
			email: 'anna@example.com',
			phone: null,
			firstName: null,
			lastName: null,
			locale: null,
			consent: 'yes' as const,
			customerId: null,
		};
		await programme.ask([{ kind: 'enroll', member: 'anna@example.com', profile }]);
		expect(programme.state()).toMatchObject({ isMember: true, spendable: 100, heldOrders: 0 });
	});
});
