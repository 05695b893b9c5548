import fc from 'fast-check';

import type { Customer, StoreEvent } from '../../../engine/event/storeEvent';
import { memberView } from '../../../engine/member';
import { programHistory, type Request } from '../../../engine/process';
import type { ProgramDraft } from '../../../engine/program';
import { Programme } from '../support/programme';
import { cancelled, line, newCustomer, order, paid, refunded } from '../support/shop';

/** Many small runs, on a machine that may be busy. */
jest.setTimeout(60_000);

const MEMBERS = ['anna@example.com', 'bob@example.com', 'carl@example.com'];
const LATER = '2026-03-20T12:00:00.000Z';

/** Nothing here looks at a member's history, so arrival must not matter at all. */
const FORGETFUL: ProgramDraft = {
	pending: { mode: 'days', days: 14 },
	expiry: { mode: 'perLot', months: 1, since: '2020-01-01T00:00:00.000Z' },
	earning: {
		rules: [
			{ id: 'base', name: 'Base', points: '1.5' },
			{ id: 'sku', name: 'Four for B', points: '4', per: '3', scope: { skus: ['B'] } },
			{
				id: 'bonus',
				name: 'Big orders',
				kind: 'perOrder',
				points: '30',
				when: { minimumBasis: '80' },
			},
		],
	},
	tiers: {
		window: 'rolling',
		months: 1,
		levels: [
			{ id: 'silver', name: 'Silver', threshold: '100' },
			{ id: 'gold', name: 'Gold', threshold: '250' },
		],
	},
};

const REMEMBERING: ProgramDraft = {
	...FORGETFUL,
	earning: {
		rules: [
			{ id: 'base', name: 'Base' },
			{
				id: 'second',
				name: 'Every second',
				kind: 'perOrder',
				points: '20',
				when: { nthOrder: 2, everyNthOrder: true },
			},
			{
				id: 'new',
				name: 'New members',
				kind: 'multiplier',
				factor: '1.3',
				when: { newMemberDays: 10 },
			},
		],
	},
	tiers: {
		levels: [
			{ id: 'silver', name: 'Silver', threshold: '100', multiplier: '1.5', entryBonus: 7 },
			{ id: 'gold', name: 'Gold', threshold: '250', multiplier: '2', entryBonus: 11 },
		],
	},
};

const instant = fc
	.integer({ min: Date.parse('2026-01-02T00:00:00Z'), max: Date.parse('2026-03-01T00:00:00Z') })
	.map((millis) => new Date(millis - (millis % 3_600_000)).toISOString());

function customer(member: string): Customer {
	return { ...(order().customer as Customer), id: member, email: member };
}

const refundOf = (orderId: string, suffix: number) =>
	fc
		.record({ at: instant, amount: fc.integer({ min: 1, max: 30000 }), named: fc.boolean() })
		.map(({ at, amount, named }) =>
			refunded(
				{
					id: `${orderId}-${suffix}`,
					orderId,
					amount,
					lines: named ? [{ lineId: 'b', quantity: 1, amount: Math.min(amount, 5000) }] : [],
				},
				at,
			),
		);

/** What shops report about one order: that it was paid, perhaps refunds, perhaps that it was cancelled. */
const story = (id: string): fc.Arbitrary<StoreEvent[]> =>
	fc
		.record({
			member: fc.constantFrom(...MEMBERS),
			at: instant,
			a: fc.integer({ min: 1, max: 20000 }),
			b: fc.integer({ min: 0, max: 9000 }),
			tax: fc.integer({ min: 0, max: 900 }),
			refunds: fc.oneof(
				fc.constant([]),
				fc.tuple(refundOf(id, 1)),
				fc.tuple(refundOf(id, 1), refundOf(id, 2)),
			),
			cancelledAt: fc.option(instant, { freq: 4 }),
			isLost: fc.boolean(),
		})
		.map(({ member, at, a, b, tax, refunds, cancelledAt }) => {
			const bought = {
				id,
				number: `#${id}`,
				createdAt: at,
				paidAt: at,
				customer: customer(member),
				lines: [line({ id: 'a', sku: 'A', net: a, tax }), line({ id: 'b', sku: 'B', net: b })],
			};
			return [
				paid(bought),
				...refunds,
				...(cancelledAt === null ? [] : [cancelled(bought, cancelledAt)]),
			];
		});

const events: fc.Arbitrary<StoreEvent[]> = fc
	.record({
		stories: fc
			.integer({ min: 1, max: 5 })
			.chain((count) =>
				fc.tuple(...Array.from({ length: count }, (_, index) => story(`o${index}`))),
			),
		accounts: fc.uniqueArray(fc.constantFrom(...MEMBERS)),
	})
	.map(({ stories, accounts }) => [
		...stories.flat(),
		...accounts.map((member) => {
			const created = newCustomer(member);
			return { ...created, customer: { ...created.customer, id: member } };
		}),
	]);

/** Any order of arrival, some reported again, cut into batches of any size. */
const arrivals = events.chain((reported) =>
	fc.record({
		reported: fc.constant(reported),
		batches: fc
			.shuffledSubarray([...reported, ...reported, ...reported], {
				minLength: reported.length * 2,
			})
			.map((some) => [...some, ...reported])
			.chain((all) =>
				fc
					.array(fc.integer({ min: 1, max: 4 }), { minLength: all.length, maxLength: all.length })
					.map((sizes) => {
						const batches: StoreEvent[][] = [];
						for (let from = 0, turn = 0; from < all.length; from += sizes[turn], turn += 1)
							batches.push(all.slice(from, from + sizes[turn]));
						return batches;
					}),
			),
	}),
);

/** Everything a caller sees of all members, but for where in the ledger it stands. */
function seen(programme: Programme, now: string) {
	const programs = programHistory(programme.ledger.published);
	if (programs === null) throw new Error('nothing published');
	return MEMBERS.map((member) => {
		const state = programme.state(member, now);
		// Movements of one instant may stand in any order: what follows from them is in the view.
		const { lots, upTo, orderAccounts, overdrawn, ...rest } = { ...state, movements: null };
		return {
			...rest,
			view: { ...memberView(state, programs), ledgerUpTo: 0 },
			lots: lots
				.map(({ key, credited, remaining, availableAt, expiresAt, openedAt }) => ({
					key,
					credited,
					remaining,
					availableAt,
					expiresAt,
					openedAt,
				}))
				.sort((a, b) => (a.key < b.key ? -1 : 1)),
			seen: upTo > 0,
			known: [...orderAccounts.keys()].sort(),
			overdrawn: [...overdrawn],
		};
	});
}

async function told(draft: ProgramDraft, batches: readonly StoreEvent[][]): Promise<Programme> {
	const programme = new Programme(draft);
	for (const batch of batches) await programme.hear(...batch);
	return programme;
}

const MOMENTS = ['2026-02-01T00:00:00.000Z', '2026-03-01T12:00:00.000Z', LATER];

describe('the same events in any order, repeated, in batches of any size', () => {
	it('end in the same state of every member', async () => {
		await fc.assert(
			fc.asyncProperty(arrivals, async ({ reported, batches }) => {
				const inOrder = await told(FORGETFUL, [reported]);
				const shuffled = await told(FORGETFUL, batches);
				for (const now of MOMENTS) expect(seen(shuffled, now)).toEqual(seen(inOrder, now));
			}),
			{ numRuns: 50 },
		);
	});

	it.each(['available', 'pendingOnly'] as const)(
		'end in the same state where refunds take %s points only',
		async (whenSpent) => {
			await fc.assert(
				fc.asyncProperty(arrivals, async ({ reported, batches }) => {
					const draft: ProgramDraft = { ...FORGETFUL, refunds: { whenSpent } };
					const inOrder = await told(draft, [reported]);
					const shuffled = await told(draft, batches);
					for (const now of MOMENTS) expect(seen(shuffled, now)).toEqual(seen(inOrder, now));
				}),
				{ numRuns: 50 },
			);
		},
	);

	it('count the same orders and the same money where rules look at history, and the books balance', async () => {
		await fc.assert(
			fc.asyncProperty(arrivals, async ({ reported, batches }) => {
				const inOrder = await told(REMEMBERING, [reported]);
				const shuffled = await told(REMEMBERING, batches);
				for (const member of MEMBERS) {
					const one = inOrder.state(member, LATER);
					const other = shuffled.state(member, LATER);
					expect(other).toMatchObject({
						orders: one.orders,
						spend: one.spend,
						joinedAt: one.joinedAt,
						profile: one.profile,
					});
					expect(other.tier.current?.level.id).toBe(one.tier.current?.level.id);
					expectBalanced(shuffled, member, LATER);
				}
			}),
			{ numRuns: 25 },
		);
	});
});

describe('refunding everything', () => {
	const parts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });

	it.each([
		['by any number of partial refunds', FORGETFUL],
		['also where rules look at history, but for the bonuses of tiers', REMEMBERING],
	])('%s leaves nothing', async (_name, draft) => {
		await fc.assert(
			fc.asyncProperty(events, parts, fc.boolean(), async (reported, weights, refundsFirst) => {
				const purchases = reported.filter((event) => event.type === 'order.paid');
				const refunds = purchases.flatMap(({ order: { id, total } }) => {
					const sum = weights.reduce((left, right) => left + right, 0);
					const amounts = weights.map((weight) => Math.floor((total * weight) / sum));
					amounts[0] += total - amounts.reduce((left, right) => left + right, 0);
					return amounts
						.filter((amount) => amount > 0)
						.map((amount, index) => refunded({ id: `${id}-all-${index}`, orderId: id, amount }));
				});
				const all = refundsFirst ? [...refunds, ...reported] : [...reported, ...refunds];
				const programme = await told(
					draft,
					all.map((event) => [event]),
				);
				for (const member of MEMBERS) {
					const { spend, orders, balance, lifetimeEarned, expired } = programme.state(member);
					const bonuses = programme.ledger.rows
						.filter((row) => row.member === member && row.kind === 'tierBonus')
						.reduce((sum, { points }) => sum + points, 0);
					expect({ spend, orders, lifetimeEarned, left: balance + expired }).toEqual({
						spend: 0,
						orders: 0,
						lifetimeEarned: bonuses,
						left: bonuses,
					});
				}
			}),
			{ numRuns: 30 },
		);
	});
});

function expectBalanced(programme: Programme, member: string, now: string): void {
	const { books, spendable, pending, owed, balance } = programme.state(member, now);
	const { issued, returned, takenBack, redeemed, adjustedDown, expired, inLots } = books;
	expect(issued + returned + owed - takenBack - redeemed - adjustedDown - expired).toBe(inLots);
	expect(inLots).toBe(spendable + pending);
	expect(balance).toBe(inLots - owed);
	// Whoever has points owes none: every credit pays first.
	expect(Math.min(inLots, owed)).toBe(0);
	for (const count of Object.values(books)) expect(count).toBeGreaterThanOrEqual(0);
}

describe('any mix of events, awards, adjustments, redemptions and time', () => {
	const anybody = fc.constantFrom(...MEMBERS);
	const request: fc.Arbitrary<Request> = fc.oneof(
		fc.record({
			kind: fc.constant('award' as const),
			member: anybody,
			points: fc.integer({ min: 1, max: 300 }),
			reason: fc.constant('a review'),
			requestId: fc.constantFrom('a', 'b', 'c', 'd'),
		}),
		fc.record({
			kind: fc.constant('adjust' as const),
			member: anybody,
			points: fc.integer({ min: -300, max: 300 }),
			reason: fc.constant('a correction'),
			author: fc.constant('Ben'),
			requestId: fc.constantFrom('a', 'b', 'c', 'd'),
		}),
		fc
			.record({ member: anybody, points: fc.integer({ min: 1, max: 500 }), id: fc.nat(20) })
			.map(({ member, points, id }) => ({
				kind: 'redeem' as const,
				member,
				points,
				basket: null,
				requestId: `${member}-${id}`,
				code: `CODE-${member}-${id}`,
			})),
	);
	const steps = events.chain((reported) =>
		fc
			.array(
				fc.record({
					requests: fc.array(
						fc.oneof(
							request,
							fc
								.constantFrom(...reported)
								.map((event): Request => ({ kind: 'event', event: paidWithCode(event) })),
						),
						{ minLength: 1, maxLength: 4 },
					),
					now: instant,
				}),
				{ minLength: 1, maxLength: 12 },
			)
			.map((all) =>
				all
					.map(({ requests, now }) => ({
						requests,
						now: latest([now, ...requests.map(happenedAt)]),
					}))
					.sort((a, b) => (a.now < b.now ? -1 : 1)),
			),
	);

	/** Nothing is reported before it has happened. */
	function happenedAt(one: Request): string {
		return one.kind === 'event' ? one.event.occurredAt : '';
	}

	function latest(instants: readonly string[]): string {
		return instants.reduce((last, other) => (other > last ? other : last));
	}

	/** Orders that were paid with what the first redemptions gave. */
	function paidWithCode(event: StoreEvent): StoreEvent {
		if (event.type !== 'order.paid') return event;
		const email = event.order.customer?.email ?? '';
		return {
			...event,
			order: { ...event.order, discountCodes: [`code-${email}-0`, `CODE-${email}-1`] },
		};
	}

	it.each(['negative', 'available', 'pendingOnly'] as const)(
		'leaves the books balanced at every moment (refunds of spent points: %s)',
		async (whenSpent) => {
			await fc.assert(
				fc.asyncProperty(steps, async (all) => {
					const programme = new Programme({
						...REMEMBERING,
						refunds: { whenSpent },
						redemption: { minimum: 1, step: 1 },
					});
					for (const { requests, now } of all) {
						await programme.ask(requests, now);
						for (const member of MEMBERS)
							for (const moment of [now, LATER]) expectBalanced(programme, member, moment);
					}
				}),
				{ numRuns: 25 },
			);
		},
	);

	it('never spends a point twice: what was redeemed was there, and nobody owes because of it', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						points: fc.integer({ min: 1, max: 400 }),
						id: fc.nat(8),
						award: fc.option(fc.integer({ min: 1, max: 200 }), { freq: 2 }),
					}),
					{ maxLength: 20 },
				),
				async (all) => {
					const programme = new Programme({ redemption: { minimum: 1, step: 1 } });
					let given = 0;
					let taken = 0;
					for (const [turn, { points, id, award }] of all.entries()) {
						if (award !== null) {
							await programme.award(award, `a${turn}`);
							given += award;
						}
						const outcome = await programme.redeem(points, `r${id}`);
						if (outcome.applied) taken += outcome.redemption?.points ?? 0;
						expect(programme.state()).toMatchObject({
							owed: 0,
							redeemed: taken,
							balance: given - taken,
						});
						expect(taken).toBeLessThanOrEqual(given);
					}
				},
			),
			{ numRuns: 50 },
		);
	});
});
