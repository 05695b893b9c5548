import { nextVersion, type ProgramDraft } from '../../../engine/program';
import { Programme } from '../support/programme';
import { ANNA, paid, published, refunded } from '../support/shop';

const PAID = '2026-02-01T10:00:00.000Z';
const SINCE = '2020-01-01T00:00:00.000Z';

describe('points are spendable', () => {
	it('at once where the programme says so', async () => {
		const programme = new Programme({ pending: { mode: 'none' } });
		await programme.hear(paid({ paidAt: PAID }));
		expect(programme.state(ANNA, PAID)).toMatchObject({ spendable: 100, pending: 0 });
	});

	it('14 days after the payment by default, at the same local time though the clocks change', async () => {
		const programme = new Programme({ pending: {} });
		await programme.hear(paid({ paidAt: '2026-03-20T10:00:00.000Z' }));
		expect(programme.state(ANNA, '2026-04-03T08:59:59.999Z')).toMatchObject({
			spendable: 0,
			pending: 100,
			nextAvailable: { points: 100, at: '2026-04-03T09:00:00.000Z' },
		});
		expect(programme.state(ANNA, '2026-04-03T09:00:00.000Z')).toMatchObject({
			spendable: 100,
			pending: 0,
			nextAvailable: null,
		});
	});

	it('never before, whatever a redemption asks', async () => {
		const programme = new Programme({ pending: {} });
		await programme.hear(paid({ paidAt: PAID }));
		expect(await programme.redeem(100, 'r1', null, '2026-02-10T00:00:00.000Z')).toMatchObject({
			applied: false,
			reason: { code: 'notEnoughPoints' },
		});
	});

	it.each([
		['created', '2026-01-31T10:00:00.000Z'],
		['paid', '2026-02-03T10:00:00.000Z'],
	] as const)('so many days after the order was %s', async (clock, at) => {
		const programme = new Programme({ pending: { days: 2, clock } });
		await programme.hear(paid({ createdAt: '2026-01-29T10:00:00.000Z', paidAt: PAID }));
		expect(programme.state().lots[0].availableAt).toBe(at);
	});

	it.each([
		['delivered', { mode: 'delivered' }, '2026-02-05T10:00:00.000Z'],
		['fulfilled so many days ago', { days: 2, clock: 'fulfilled' }, '2026-02-07T10:00:00.000Z'],
	] as Array<[string, ProgramDraft['pending'], string]>)(
		'once the order is %s, whichever report comes first',
		async (_name, pending, at) => {
			const delivered = paid({ fulfilledAt: '2026-02-05T10:00:00.000Z' });
			for (const events of [
				[paid(), delivered],
				[delivered, paid()],
			]) {
				const programme = new Programme({ pending });
				for (const event of events) await programme.hear(event);
				expect(programme.state().lots).toMatchObject([{ availableAt: at, remaining: 100 }]);
				expect(programme.state()).toMatchObject({ spendable: 100, pending: 0 });
			}
			const waiting = new Programme({ pending });
			await waiting.hear(paid());
			expect(waiting.state()).toMatchObject({ spendable: 0, pending: 100, nextAvailable: null });
		},
	);

	it('a refund takes what is pending before it is spendable', async () => {
		const programme = new Programme({ pending: {} });
		await programme.hear(paid(), refunded({ amount: 4000 }));
		expect(programme.state(ANNA, '2026-02-06T00:00:00.000Z')).toMatchObject({ pending: 60 });
	});
});

describe('points lapse', () => {
	async function lapseOf(
		expiry: ProgramDraft['expiry'],
		createdAt: string,
		draft: ProgramDraft = {},
	): Promise<string | null> {
		const programme = new Programme({ ...draft, expiry: { since: SINCE, ...expiry } });
		await programme.hear(paid({ createdAt, paidAt: createdAt }));
		return programme.state().lots[0].expiresAt;
	}

	it('never, where the programme says so', async () => {
		expect(await lapseOf({ mode: 'never' }, PAID)).toBeNull();
	});

	it('so many months after the order, on the last day where the month has no such day', async () => {
		expect(await lapseOf({ mode: 'perLot' }, PAID)).toBe('2027-02-01T10:00:00.000Z');
		expect(await lapseOf({ mode: 'perLot', months: 1 }, '2026-01-31T10:00:00.000Z')).toBe(
			'2026-02-28T10:00:00.000Z',
		);
	});

	it.each([
		['12-31', '2026-02-01T10:00:00.000Z', '2026-12-31T23:00:00.000Z'],
		['12-31', '2026-12-31T22:59:59.000Z', '2026-12-31T23:00:00.000Z'],
		['12-31', '2026-12-31T23:00:00.000Z', '2027-12-31T23:00:00.000Z'],
		['06-30', '2026-02-01T10:00:00.000Z', '2026-06-30T22:00:00.000Z'],
		['02-29', '2026-02-01T10:00:00.000Z', '2026-02-28T23:00:00.000Z'],
		['02-29', '2028-02-01T10:00:00.000Z', '2028-02-29T23:00:00.000Z'],
	])('at the end of %s in the zone, earned on %s', async (day, createdAt, at) => {
		expect(await lapseOf({ mode: 'calendarDay', day }, createdAt)).toBe(at);
	});

	it('at the very instant, by time alone', async () => {
		const programme = new Programme({ expiry: { mode: 'perLot', months: 1, since: SINCE } });
		await programme.hear(paid({ createdAt: PAID }));
		expect(programme.state(ANNA, '2026-03-01T09:59:59.999Z')).toMatchObject({
			spendable: 100,
			expired: 0,
		});
		expect(programme.state(ANNA, '2026-03-01T10:00:00.000Z')).toMatchObject({
			spendable: 0,
			expired: 100,
		});
	});

	it('after months without activity: every sign of life puts all points off that are alive', async () => {
		const programme = new Programme({ expiry: { mode: 'inactivity', months: 2, since: SINCE } });
		await programme.hear(paid({ id: '1', createdAt: PAID, paidAt: PAID }));
		expect(programme.state().lots[0].expiresAt).toBe('2026-04-01T09:00:00.000Z');
		const later = '2026-03-20T10:00:00.000Z';
		await programme.hear(paid({ id: '2', createdAt: later, paidAt: later }));
		expect(programme.state().lots.map(({ expiresAt }) => expiresAt)).toEqual([
			'2026-05-20T09:00:00.000Z',
			'2026-05-20T09:00:00.000Z',
		]);
		const tooLate = '2026-06-01T10:00:00.000Z';
		await programme.hear(paid({ id: '3', createdAt: tooLate, paidAt: tooLate }));
		expect(programme.state(ANNA, tooLate)).toMatchObject({ spendable: 100, expired: 200 });
	});

	it('a refund is no sign of life', async () => {
		const programme = new Programme({ expiry: { mode: 'inactivity', months: 2, since: SINCE } });
		await programme.hear(
			paid({ createdAt: PAID, paidAt: PAID }),
			refunded({ amount: 1000 }, '2026-03-20T10:00:00.000Z'),
		);
		expect(programme.state().lots[0].expiresAt).toBe('2026-04-01T09:00:00.000Z');
	});

	it('not before one full period from the day on which expiry was turned on', async () => {
		const since = '2026-01-15T00:00:00.000Z';
		const early = '2025-03-01T10:00:00.000Z';
		expect(await lapseOf({ mode: 'perLot', since }, early)).toBe('2027-01-15T00:00:00.000Z');
		expect(await lapseOf({ mode: 'calendarDay', since }, early)).toBe('2027-12-31T23:00:00.000Z');
		const programme = new Programme({ expiry: { mode: 'inactivity', months: 12, since } });
		await programme.hear(
			paid({ id: '1', createdAt: early, paidAt: early }),
			paid({ id: '2', createdAt: '2025-04-01T10:00:00.000Z', paidAt: '2025-04-01T10:00:00.000Z' }),
		);
		for (const { expiresAt } of programme.state().lots)
			expect(expiresAt).toBe(since.replace('2026', '2027'));
		// Alive only because of that grace, and still a sign of life puts them off.
		const alive = '2026-12-01T10:00:00.000Z';
		await programme.hear(paid({ id: '3', createdAt: alive, paidAt: alive }));
		for (const { expiresAt } of programme.state().lots)
			expect(expiresAt).toBe('2027-12-01T10:00:00.000Z');
	});

	it('on their old date when the programme becomes stricter, and new ones not before a full period', async () => {
		const programme = new Programme({ expiry: { mode: 'perLot', months: 12, since: SINCE } });
		await programme.hear(paid({ id: 'old', createdAt: '2026-01-01T10:00:00.000Z' }));
		const { published: stricter } = nextVersion(
			programme.ledger.published[0],
			published({ expiry: { mode: 'perLot', months: 3 } }).program,
			'2026-02-15T00:00:00.000Z',
		);
		programme.ledger.published.push(stricter);
		await programme.hear(paid({ id: 'new', createdAt: '2026-01-02T10:00:00.000Z' }));
		expect(programme.state().lots.map(({ expiresAt }) => expiresAt)).toEqual([
			'2027-01-01T10:00:00.000Z',
			'2026-05-14T23:00:00.000Z',
		]);
	});
});

describe('an award', () => {
	it('is spendable at once, lapses as the programme says, and counts once for each request', async () => {
		const programme = new Programme({ pending: {}, expiry: { mode: 'perLot', since: SINCE } });
		expect(await programme.award(50, 'review-1')).toMatchObject({ applied: true, points: 50 });
		expect(await programme.award(50, 'review-1')).toMatchObject({
			applied: false,
			reason: { code: 'alreadyCounted' },
		});
		await programme.award(50, 'review-2');
		expect(programme.state()).toMatchObject({
			spendable: 100,
			lifetimeEarned: 100,
			isMember: true,
			nextExpiry: { points: 100, at: '2027-03-01T12:00:00.000Z' },
		});
	});

	it.each([0, -5, 1.5, Number.NaN, 1e10])(
		'of %d points is refused and writes nothing',
		async (points) => {
			const programme = new Programme();
			expect(await programme.award(points, 'a')).toMatchObject({
				reason: { code: 'pointsInvalid' },
			});
			expect(programme.ledger.rows).toEqual([]);
		},
	);

	it('needs a member where joining is on request', async () => {
		const programme = new Programme({ joining: { mode: 'onRequest' } });
		expect(await programme.award(50, 'a')).toMatchObject({ reason: { code: 'notAMember' } });
	});
});

describe('an adjustment by hand', () => {
	it('goes up and down, below zero too, and says who made it and why', async () => {
		const programme = new Programme();
		expect(await programme.adjust(30, 'a')).toMatchObject({ points: 30 });
		expect(await programme.adjust(-50, 'b')).toMatchObject({ points: -50 });
		expect(programme.state()).toMatchObject({ balance: -20, owed: 20, spendable: 0 });
		expect(programme.ledger.rows[1]).toMatchObject({
			kind: 'adjust',
			points: -50,
			facts: { reason: 'a correction', author: 'Ben' },
		});
		await programme.award(25, 'c');
		expect(programme.state()).toMatchObject({ balance: 5, owed: 0, lifetimeEarned: 55 });
	});

	it.each([
		['a reason', { reason: ' ' }, 'reasonMissing'],
		['an author', { author: '' }, 'authorMissing'],
		['points', { points: 0 }, 'pointsInvalid'],
	])('without %s is refused', async (_name, fault, code) => {
		const programme = new Programme();
		const request = {
			kind: 'adjust' as const,
			member: ANNA,
			points: 5,
			reason: 'sorry',
			author: 'Ben',
			requestId: 'a',
			...fault,
		};
		const [outcome] = await programme.ask([request]);
		expect(outcome).toMatchObject({ applied: false, reason: { code } });
	});
});

describe('a redemption', () => {
	async function having(points: number, redemption: ProgramDraft['redemption'] = {}) {
		const programme = new Programme({ redemption });
		await programme.award(points, 'gift');
		return programme;
	}

	it.each([
		['what is asked', 1000, 300, null, 300],
		['what there is', 250, 1000, null, 200],
		['half of the basket by default', 1000, 1000, '12.00', 600],
		['half of the basket, rounded down to the step', 1000, 1000, '13.99', 600],
		['a step less than is asked', 1000, 299, null, 200],
	])('takes at most %s', async (_name, has, asked, basket, taken) => {
		const programme = await having(has);
		const outcome = await programme.redeem(asked, 'r', basket);
		expect(outcome).toMatchObject({
			applied: true,
			points: -taken,
			redemption: { asked, points: taken },
		});
	});

	it.each([
		['there is less than the minimum', 99, 100, null, 'notEnoughPoints'],
		['less than the minimum is asked', 1000, 99, null, 'belowMinimum'],
		['the basket is too small', 1000, 100, '1.99', 'belowMinimum'],
		['the basket is no amount', 1000, 100, 'much', 'basketInvalid'],
		['the basket is negative', 1000, 100, '-5', 'basketInvalid'],
		['the points are no whole number', 1000, 100.5, null, 'pointsInvalid'],
	])('takes nothing when %s', async (_name, has, asked, basket, code) => {
		const programme = await having(has);
		expect(await programme.redeem(asked, 'r', basket)).toMatchObject({
			applied: false,
			points: 0,
			redemption: null,
			reason: { code },
		});
		expect(programme.state().balance).toBe(has);
	});

	it('is worth what the programme says, exactly', async () => {
		const programme = await having(1000, {
			points: 30,
			worth: '0.99',
			step: 1,
			minimum: 1,
			maxShareOfBasket: '33.3',
		});
		expect(await programme.redeem(100, 'a')).toMatchObject({
			redemption: { worth: '3.30', currency: 'EUR' },
		});
		// 33.3 % of 10.00 is 3.33, which buys 100.9 points.
		expect(await programme.redeem(500, 'b', '10.00')).toMatchObject({
			redemption: { points: 100 },
		});
	});

	it('never takes points that are worth nothing', async () => {
		const programme = await having(1000, { points: 1000, worth: '0.01', step: 1, minimum: 1 });
		expect(await programme.redeem(999, 'a')).toMatchObject({ reason: { code: 'belowMinimum' } });
	});

	it('asked for again gives the first answer, and with other contents none', async () => {
		const programme = await having(1000);
		const first = await programme.redeem(100, 'r');
		expect(await programme.redeem(100, 'r')).toMatchObject({
			applied: false,
			points: 0,
			reason: { code: 'alreadyRedeemed' },
			redemption: first.redemption,
		});
		expect(await programme.redeem(200, 'r')).toMatchObject({
			reason: { code: 'requestIdReused' },
			redemption: null,
		});
		expect(programme.state().balance).toBe(900);
	});

	it('does not count as earned when it comes back', async () => {
		const programme = await having(300);
		await programme.redeem(300, 'r');
		await programme.hear(paid({ discountCodes: ['CODE-r'] }), refunded({ amount: 10000 }));
		expect(programme.state()).toMatchObject({ balance: 300, lifetimeEarned: 300, redeemed: 0 });
	});
});
