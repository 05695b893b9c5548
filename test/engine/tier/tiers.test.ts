import type { ProgramDraft } from '../../../engine/program';
import { Programme } from '../support/programme';
import { ANNA, line, newCustomer, paid, refunded } from '../support/shop';

const LEVELS = [
	{ id: 'silver', name: 'Silver', threshold: '100', color: '#c0c0c0', perks: ['Free shipping'] },
	{ id: 'gold', name: 'Gold', threshold: '300' },
];

function ladder(tiers: ProgramDraft['tiers'] = {}, draft: ProgramDraft = {}): Programme {
	return new Programme({ ...draft, tiers: { levels: LEVELS, ...tiers } });
}

function bought(id: string, at: string, euros: number) {
	return paid({ id, createdAt: at, paidAt: at, lines: [line({ net: euros * 100 })] });
}

function tierAt(programme: Programme, now: string): string | null {
	return programme.standing(ANNA, now).current?.level.id ?? null;
}

describe('a member goes up', () => {
	it('at once, with the event that earned it, and it says since when', async () => {
		const programme = ladder();
		const first = await programme.hearOne(bought('1', '2026-02-01T10:00:00.000Z', 99));
		expect(first).toMatchObject({ tierChanged: false, previousTier: '' });
		const second = await programme.hearOne(bought('2', '2026-02-02T10:00:00.000Z', 1));
		expect(second).toMatchObject({
			tierChanged: true,
			previousTier: '',
			member: {
				tier: 'Silver',
				tierSince: '2026-02-02T10:00:00.000Z',
				tierColor: '#c0c0c0',
				tierPerks: 'Free shipping',
				nextTier: 'Gold',
				missingToNextTier: '200.00',
				tierProgressPercent: 33,
			},
		});
		const third = await programme.hearOne(bought('3', '2026-02-03T10:00:00.000Z', 1000));
		expect(third).toMatchObject({
			tierChanged: true,
			previousTier: 'Silver',
			member: { tier: 'Gold', nextTier: '', missingToNextTier: '0.00', tierProgressPercent: 100 },
		});
	});

	it.each([
		['orders', '2', 2],
		['points', '200', 2],
		['spend', '200', 2],
	] as const)('by %s', async (metric, threshold, orders) => {
		const programme = ladder({ metric, levels: [{ id: 'silver', name: 'Silver', threshold }] });
		for (let index = 1; index <= orders; index += 1) {
			expect(tierAt(programme, '2026-03-01T00:00:00.000Z')).toBeNull();
			await programme.hear(bought(String(index), '2026-02-01T10:00:00.000Z', 100));
		}
		expect(tierAt(programme, '2026-03-01T00:00:00.000Z')).toBe('silver');
	});

	it('by points only once they are spendable, unless the programme says otherwise', async () => {
		for (const [countsForTier, expected] of [
			[false, [null, 'silver']],
			[true, ['silver', 'silver']],
		] as const) {
			const programme = ladder({ metric: 'points' }, { pending: { days: 14, countsForTier } });
			await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 100));
			const moments = ['2026-02-15T09:59:59.999Z', '2026-02-15T10:00:00.000Z'];
			expect(moments.map((now) => tierAt(programme, now))).toEqual(expected);
		}
	});

	it('and keeps it though points are spent', async () => {
		const programme = ladder({ metric: 'points' });
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 100));
		await programme.redeem(100, 'r');
		expect(programme.standing()).toMatchObject({
			current: { level: { id: 'silver' } },
			qualifying: 100,
		});
	});

	it('to the highest tier that is reached, without a stop in between', async () => {
		const programme = ladder();
		expect(await programme.hearOne(bought('1', '2026-02-01T10:00:00.000Z', 500))).toMatchObject({
			member: { tier: 'Gold' },
		});
	});
});

describe('the window', () => {
	it.each([
		['rolling', '2025-03-01T10:00:00.000Z', '2026-03-01T20:00:00.000Z', 'silver'],
		['rolling', '2025-02-28T22:59:59.999Z', '2026-03-01T20:00:00.000Z', null],
		['calendarYear', '2025-12-31T23:00:00.000Z', '2026-03-01T20:00:00.000Z', 'silver'],
		['calendarYear', '2025-12-31T22:59:59.999Z', '2026-03-01T20:00:00.000Z', null],
		['membershipYear', '2025-01-15T10:00:00.000Z', '2026-01-14T10:00:00.000Z', 'silver'],
		['membershipYear', '2025-01-15T10:00:00.000Z', '2026-01-15T10:00:00.000Z', null],
		['lifetime', '2010-01-01T00:00:00.000Z', '2026-03-01T20:00:00.000Z', 'silver'],
	] as const)('%s: 60 on %s and 60 on %s reach %s', async (window, first, second, tier) => {
		const programme = ladder({ window });
		await programme.hear(bought('1', first, 60), bought('2', second, 60));
		expect(tierAt(programme, second)).toBe(tier);
	});

	it('is left by a refund together with its purchase, not on the day of the refund', async () => {
		const programme = ladder();
		await programme.hear(
			bought('old', '2025-02-01T10:00:00.000Z', 90),
			refunded({ id: 'r', orderId: 'old', amount: 9000 }, '2025-12-01T10:00:00.000Z'),
			bought('new', '2026-03-01T10:00:00.000Z', 100),
		);
		expect(programme.standing(ANNA, '2026-03-02T00:00:00.000Z')).toMatchObject({
			qualifying: 10000,
			current: { level: { id: 'silver' } },
		});
	});

	it('does not hold what was refunded, whichever came first', async () => {
		for (const turn of [1, -1]) {
			const programme = ladder();
			const events = [
				bought('1', '2026-02-01T10:00:00.000Z', 80),
				refunded({ orderId: '1', amount: 3000 }, '2026-02-02T10:00:00.000Z'),
				bought('2', '2026-02-03T10:00:00.000Z', 40),
			];
			await programme.hear(...(turn > 0 ? events : events.reverse()));
			expect(programme.standing()).toMatchObject({
				current: null,
				qualifying: 9000,
				missing: 1000,
			});
			await programme.hear(bought('3', '2026-02-04T10:00:00.000Z', 10));
			expect(tierAt(programme, '2026-03-01T00:00:00.000Z')).toBe('silver');
		}
	});
});

describe('a member does not go down without a review', () => {
	it('when orders are refunded', async () => {
		const programme = ladder();
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 100));
		const outcome = await programme.hearOne(refunded({ orderId: '1', amount: 10000 }));
		expect(outcome).toMatchObject({
			tierChanged: false,
			member: { tier: 'Silver', qualifying: '0.00' },
		});
	});

	it('when time passes', async () => {
		const programme = ladder();
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 100));
		expect(programme.standing(ANNA, '2028-02-01T10:00:00.000Z')).toMatchObject({
			current: { level: { id: 'silver' } },
			since: '2026-02-01T10:00:00.000Z',
			qualifying: 0,
		});
	});

	it('when the ladder becomes steeper, while whoever comes now climbs the new one', async () => {
		const programme = ladder();
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 150));
		programme.publish({
			tiers: {
				levels: [
					{ ...LEVELS[0], threshold: '1000' },
					{ ...LEVELS[1], threshold: '2000' },
				],
			},
		});
		expect(tierAt(programme, '2026-03-01T00:00:00.000Z')).toBe('silver');
		await programme.hear(bought('2', '2026-02-02T10:00:00.000Z', 200));
		expect(programme.standing()).toMatchObject({
			current: { level: { id: 'silver' } },
			next: { level: { id: 'gold' } },
			missing: 165000,
		});
		const bob = bought('3', '2026-02-03T10:00:00.000Z', 150);
		await programme.hear({
			...bob,
			order: {
				...bob.order,
				customer: { ...bob.order.customer, email: 'bob@example.com' } as never,
			},
		});
		expect(programme.standing('bob@example.com').current).toBeNull();
	});
});

describe('what is ahead', () => {
	it.each([
		['rolling', '2026-03-31T22:00:00.000Z'],
		['calendarYear', '2026-12-31T23:00:00.000Z'],
		['membershipYear', '2027-01-14T23:00:00.000Z'],
		['lifetime', null],
	] as const)('the next review with a %s window is on %s', async (window, at) => {
		const programme = ladder({ window });
		await programme.hear(newCustomer(ANNA), bought('1', '2026-03-01T10:00:00.000Z', 10));
		expect(programme.standing(ANNA, '2026-03-01T12:00:00.000Z').nextReviewAt).toBe(at);
	});

	it("is the tier that today's purchases will earn then, and what is needed to stay", async () => {
		const programme = ladder();
		await programme.hear(
			bought('1', '2025-03-15T10:00:00.000Z', 80),
			bought('2', '2025-06-01T10:00:00.000Z', 70),
		);
		// On 31 March the window begins on 31 March a year before, so the first purchase has left it.
		expect(programme.standing(ANNA, '2026-03-01T12:00:00.000Z')).toMatchObject({
			current: { level: { id: 'silver' } },
			qualifying: 15000,
			projected: null,
			neededToStay: 3000,
		});
		await programme.hear(bought('3', '2026-03-01T11:00:00.000Z', 30));
		expect(programme.standing(ANNA, '2026-03-01T12:00:00.000Z')).toMatchObject({
			projected: { level: { id: 'silver' } },
			neededToStay: 0,
		});
	});

	it('is nothing where there are no tiers', async () => {
		const programme = new Programme();
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 100));
		expect(programme.standing()).toMatchObject({
			current: null,
			since: null,
			next: null,
			missing: 0,
			nextReviewAt: null,
			projected: null,
			neededToStay: 0,
		});
	});
});

describe('the bonus for reaching a tier', () => {
	const levels = LEVELS.map((level, index) => ({ ...level, entryBonus: 10 * (index + 1) }));

	it('is given once for each tier and member', async () => {
		const programme = ladder({ levels });
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 100));
		await programme.hear(bought('2', '2026-02-02T10:00:00.000Z', 100));
		expect(programme.state().spendable).toBe(210);
		await programme.hear(bought('3', '2026-02-03T10:00:00.000Z', 100));
		await programme.hear(bought('3', '2026-02-03T10:00:00.000Z', 100));
		expect(programme.state().spendable).toBe(330);
		expect(
			programme.ledger.rows.filter(({ kind }) => kind === 'tierBonus').map(({ points }) => points),
		).toEqual([10, 20]);
	});

	it('does not depend on which of two orders was heard of first', async () => {
		const first = bought('1', '2026-02-01T10:00:00.000Z', 150);
		const second = bought('2', '2026-02-02T10:00:00.000Z', 150);
		for (const events of [
			[[first], [second]],
			[[second], [first]],
			[[first, second]],
			[[second, first]],
		]) {
			const programme = ladder({ levels });
			for (const batch of events) await programme.hear(...batch);
			expect(programme.state().spendable).toBe(330);
		}
	});

	it('is not given for a tier that was jumped over', async () => {
		const programme = ladder({ levels });
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z', 300));
		expect(programme.state().spendable).toBe(320);
	});

	it("that itself leads to the next tier is followed by that one's", async () => {
		const programme = ladder({
			metric: 'points',
			levels: [
				{ ...levels[0], entryBonus: 250 },
				{ ...levels[1], entryBonus: 7 },
			],
		});
		const outcome = await programme.hearOne(bought('1', '2026-02-01T10:00:00.000Z', 100));
		expect(outcome.member).toMatchObject({ tier: 'Gold', spendablePoints: 357 });
	});
});
