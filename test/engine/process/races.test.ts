import fc from 'fast-check';

import type { StoreEvent } from '../../../engine/event/storeEvent';
import { replay, type Ledger } from '../../../engine/ledger';
import {
	processRequests,
	programHistory,
	rebuildViews,
	type Outcome,
	type Request,
} from '../../../engine/process';
import type { ProgramDraft } from '../../../engine/program';
import { MemoryLedger } from '../support/memoryLedger';
import { mortal } from '../support/mortal';
import { ANNA, cancelled, line, NOW, order, paid, published, refunded } from '../support/shop';
import { Turns } from '../support/turns';

/** Many small runs, on a machine that may be busy. */
jest.setTimeout(60_000);

/** Runs over one ledger that come in between each other at every call. */
class Crowd {
	readonly ledger: MemoryLedger;
	private readonly turns: Turns;
	private runs = 0;

	constructor(seed: number, draft: ProgramDraft = {}) {
		this.turns = new Turns(seed);
		this.ledger = new MemoryLedger(this.turns.pause);
		this.ledger.published = [published(draft)];
	}

	async ask(request: Request, ledger: Ledger = this.ledger): Promise<Outcome> {
		this.runs += 1;
		const result = await processRequests([request], ledger, {
			now: NOW,
			writer: `run-${this.runs}`,
		});
		if (!result.ok) throw new Error(result.reason.message);
		return result.value[0];
	}

	async hear(event: StoreEvent, ledger?: Ledger): Promise<Outcome> {
		return await this.ask({ kind: 'event', event }, ledger);
	}

	async redeem(points: number, requestId: string, ledger?: Ledger): Promise<Outcome> {
		const code = `code-${requestId}-${this.runs}`;
		return await this.ask(
			{ kind: 'redeem', member: ANNA, points, basket: null, requestId, code },
			ledger,
		);
	}

	/** Asks until it is answered, as whoever sends a request does when the answer does not come or says "try again". */
	async insist(
		ask: (ledger: Ledger) => Promise<Outcome>,
		deaths: readonly { readonly call: number; readonly after: boolean }[],
	): Promise<Outcome> {
		for (const death of deaths) {
			try {
				const outcome = await ask(mortal(this.ledger, death));
				if (isAnswer(outcome)) return outcome;
			} catch {
				// Its leases run out some time later.
				await this.turns.pause();
				this.ledger.locks.clear();
			}
		}
		for (;;) {
			const outcome = await ask(this.ledger);
			if (isAnswer(outcome)) return outcome;
			// Whoever died at giving the lease back still has it, until it runs out.
			this.ledger.locks.clear();
		}
	}

	/** All at once. */
	async all<T>(actions: ReadonlyArray<Promise<T>>): Promise<T[]> {
		return await this.turns.all(actions);
	}

	async loseLeases(times: number): Promise<void> {
		for (let index = 0; index < times; index += 1) {
			await this.turns.pause();
			this.ledger.locks.clear();
		}
	}

	state(member = ANNA) {
		const programs = programHistory(this.ledger.published);
		if (programs === null) throw new Error('nothing published');
		return replay(member, this.ledger.rows, programs, NOW);
	}

	/** The members view as it was saved, and as the whole ledger says it should be. */
	views() {
		const rebuilt = rebuildViews(this.ledger.rows, this.ledger.published, NOW);
		if (!rebuilt.ok) throw new Error(rebuilt.reason.message);
		return {
			saved: [...this.ledger.views.values()].sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
			rebuilt: rebuilt.value.views,
		};
	}
}

function isAnswer({ reason }: Outcome): boolean {
	return reason?.code !== 'tryAgain' && reason?.code !== 'busy';
}

const deaths = fc.array(fc.record({ call: fc.nat(8), after: fc.boolean() }), { maxLength: 3 });

function applied(outcomes: readonly Outcome[]): readonly Outcome[] {
	return outcomes.filter((outcome) => outcome.applied);
}

async function always(property: fc.IAsyncPropertyWithHooks<never>, numRuns: number): Promise<void> {
	await fc.assert(property, { numRuns, seed: 20260301 });
}

describe('the same order in twenty runs at once', () => {
	it('is applied exactly once, and the other nineteen say so', async () => {
		await always(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const crowd = new Crowd(seed);
				const outcomes = await crowd.all(
					Array.from({ length: 20 }, async () => await crowd.hear(paid())),
				);
				expect(applied(outcomes)).toMatchObject([{ points: 100 }]);
				expect(outcomes.filter(({ reason }) => reason?.code === 'alreadyCounted')).toHaveLength(19);
				expect(crowd.state()).toMatchObject({ spendable: 100, orders: 1 });
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			30,
		);
	});

	it('counts for one buyer only, also where the deliveries name two', async () => {
		const bob = { ...paid().order.customer, email: 'bob@example.com' } as never;
		await always(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const crowd = new Crowd(seed);
				const outcomes = await crowd.all([
					crowd.hear(paid()),
					crowd.hear(paid({ customer: bob })),
					crowd.hear(refunded({ amount: 4000 })),
				]);
				expect(applied(outcomes.slice(0, 2))).toHaveLength(1);
				const balances = [ANNA, 'bob@example.com'].map((member) => crowd.state(member).balance);
				expect(balances.sort()).toEqual([0, 60]);
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			80,
		);
	});
});

describe('an order and its refunds at the same moment', () => {
	it('never lose a refund, whichever run dies at whatever call, once the shop has sent all again', async () => {
		await always(
			fc.asyncProperty(fc.integer(), deaths, deaths, deaths, async (seed, first, second, third) => {
				const crowd = new Crowd(seed);
				await crowd.all([
					crowd.insist(async (ledger) => await crowd.hear(paid(), ledger), first),
					crowd.insist(
						async (ledger) => await crowd.hear(refunded({ id: 'a', amount: 2000 }), ledger),
						second,
					),
					crowd.insist(
						async (ledger) => await crowd.hear(refunded({ id: 'b', amount: 3000 }), ledger),
						third,
					),
				]);
				expect(crowd.state()).toMatchObject({ spendable: 50, spend: 5000, orders: 1 });
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			150,
		);
	});

	it('are never given out twice, and the balance after both is given out', async () => {
		await always(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const crowd = new Crowd(seed);
				const outcomes = await crowd.all([
					crowd.hear(paid()),
					crowd.hear(refunded({ id: 'a', amount: 2000 })),
					crowd.hear(refunded({ id: 'a', amount: 2000 })),
					crowd.hear(refunded({ id: 'b', amount: 3000 })),
				]);
				const sum = outcomes.reduce((points, outcome) => points + outcome.points, 0);
				// A refund that yet another run gave to its order shows in the member's balance, and is nobody's own news.
				expect([50, 70, 80, 100]).toContain(sum);
				expect(outcomes.map(({ member }) => member?.balance ?? 0)).toContain(50);
			}) as never,
			80,
		);
	});

	it('and a cancellation leave nothing, whichever run dies', async () => {
		await always(
			fc.asyncProperty(fc.integer(), deaths, deaths, deaths, async (seed, first, second, third) => {
				const crowd = new Crowd(seed);
				await crowd.all([
					crowd.insist(async (ledger) => await crowd.hear(paid(), ledger), first),
					crowd.insist(async (ledger) => await crowd.hear(refunded(), ledger), second),
					crowd.insist(async (ledger) => await crowd.hear(cancelled(), ledger), third),
				]);
				expect(crowd.state()).toMatchObject({ balance: 0, spend: 0, orders: 0 });
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			80,
		);
	});
});

describe('thirty redemptions at once against a balance for seven', () => {
	it('let exactly seven through, and tell the others that there is not enough', async () => {
		await always(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const crowd = new Crowd(seed);
				crowd.ledger.patience = 5000;
				const [earned] = await crowd.all([crowd.hear(paid({ lines: [line({ net: 70000 })] }))]);
				expect(earned.points).toBe(700);
				const outcomes = await crowd.all(
					Array.from({ length: 30 }, async (_, index) => await crowd.redeem(100, `r${index}`)),
				);
				expect(applied(outcomes)).toHaveLength(7);
				expect(outcomes.filter(({ reason }) => reason?.code === 'notEnoughPoints')).toHaveLength(
					23,
				);
				expect(crowd.state()).toMatchObject({ balance: 0, owed: 0, redeemed: 700 });
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			5,
		);
	});

	it('never spend a point twice, when leases are lost and runs die at whatever call', async () => {
		await always(
			fc.asyncProperty(
				fc.integer(),
				fc.array(deaths, { minLength: 6, maxLength: 6 }),
				fc.nat(12),
				async (seed, ends, losses) => {
					const crowd = new Crowd(seed);
					await crowd.all([crowd.hear(paid({ lines: [line({ net: 30000 })] }))]);
					const outcomes = await crowd.all([
						...ends.map(
							async (end, index) =>
								await crowd.insist(
									async (ledger) => await crowd.redeem(100, `r${index}`, ledger),
									end,
								),
						),
						crowd.loseLeases(losses).then(() => null),
					]);
					const given = outcomes.flatMap((outcome) => outcome?.redemption ?? []);
					const state = crowd.state();
					expect(new Set(given.map(({ code }) => code)).size).toBe(given.length);
					expect(given.reduce((sum, { points }) => sum + points, 0)).toBe(state.redeemed);
					expect(state.redeemed).toBeLessThanOrEqual(300);
					expect(state).toMatchObject({ owed: 0, balance: 300 - state.redeemed });
					expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
				},
			) as never,
			150,
		);
	});

	it('one of which is sent twice at once take its points once and answer with one code', async () => {
		await always(
			fc.asyncProperty(fc.integer(), deaths, async (seed, end) => {
				const crowd = new Crowd(seed);
				await crowd.all([crowd.hear(paid({ lines: [line({ net: 30000 })] }))]);
				const outcomes = await crowd.all([
					crowd.insist(async (ledger) => await crowd.redeem(100, 'same', ledger), end),
					crowd.insist(async (ledger) => await crowd.redeem(100, 'same', ledger), []),
				]);
				expect(crowd.state()).toMatchObject({ spendable: 200, redeemed: 100 });
				const codes = outcomes.flatMap((outcome) => outcome.redemption?.code ?? []);
				expect(codes).toHaveLength(2);
				expect(new Set(codes).size).toBe(1);
			}) as never,
			80,
		);
	});
});

describe('a redemption whose lease is lost in the middle', () => {
	/** Somebody else redeems at the very moment before this redemption is written, without waiting for the lock. */
	async function overtaken() {
		const ledger = new MemoryLedger();
		ledger.published = [published()];
		const ask = async (request: Request, writer: string, over: Ledger = ledger) => {
			const result = await processRequests([request], over, { now: NOW, writer });
			if (!result.ok) throw new Error(result.reason.message);
			return result.value[0];
		};
		const redeem = (requestId: string): Request => ({
			kind: 'redeem',
			member: ANNA,
			points: 100,
			basket: null,
			requestId,
			code: `code-${requestId}`,
		});
		await ask({ kind: 'event', event: paid() }, 'shop');
		const slow = new Proxy(ledger, {
			get(target, name: keyof Ledger) {
				const call = target[name] as (...given: unknown[]) => Promise<unknown>;
				return async (...args: unknown[]) => {
					if (name === 'append' && target.rows.length === 1) {
						ledger.locks.clear();
						await ask(redeem('fast'), 'fast');
					}
					return await call.apply(target, args);
				};
			},
		});
		const outcome = await ask(redeem('slow'), 'slow', slow);
		return { ledger, ask, redeem, outcome };
	}

	it('is voided and says to try again, and no point is spent twice', async () => {
		const { ledger, outcome } = await overtaken();
		expect(outcome).toMatchObject({
			applied: false,
			points: 0,
			reason: { code: 'tryAgain' },
			redemption: null,
			member: { balance: 0, redeemedPoints: 100 },
		});
		expect(ledger.rows.map(({ kind, writer }) => [kind, writer])).toEqual([
			['earn', 'shop'],
			['redeem', 'fast'],
			['redeem', 'slow'],
			['void', 'slow'],
		]);
	});

	it('may be tried again under the same request id once there are points', async () => {
		const { ask, redeem } = await overtaken();
		await ask({ kind: 'award', member: ANNA, points: 100, reason: 'gift', requestId: 'g' }, 'ben');
		expect(await ask(redeem('slow'), 'again')).toMatchObject({
			applied: true,
			points: -100,
			redemption: { points: 100, code: 'code-slow' },
			member: { balance: 0, redeemedPoints: 200 },
		});
		expect(await ask(redeem('slow'), 'once more')).toMatchObject({
			applied: false,
			reason: { code: 'alreadyRedeemed' },
			redemption: { code: 'code-slow' },
		});
	});
});

describe('a refund that comes in between while a redemption is decided', () => {
	it('makes the redemption start again rather than leave a debt', async () => {
		const ledger = new MemoryLedger();
		ledger.published = [published()];
		const hear = async (event: StoreEvent) =>
			await processRequests([{ kind: 'event', event }], ledger, { now: NOW, writer: event.type });
		await hear(paid());
		const slow = new Proxy(ledger, {
			get(target, name: keyof Ledger) {
				const call = target[name] as (...given: unknown[]) => Promise<unknown>;
				return async (...args: unknown[]) => {
					if (name === 'append' && target.rows.length === 1) await hear(refunded({ amount: 4000 }));
					return await call.apply(target, args);
				};
			},
		});
		const result = await processRequests(
			[{ kind: 'redeem', member: ANNA, points: 100, basket: null, requestId: 'r', code: 'c' }],
			slow,
			{ now: NOW, writer: 'run' },
		);
		expect(result).toMatchObject({
			value: [
				{
					applied: false,
					reason: { code: 'tryAgain' },
					redemption: null,
					member: { balance: 60, spendablePoints: 60, redeemedPoints: 0 },
				},
			],
		});
	});
});

describe('two orders that together lift a tier', () => {
	const LADDER: ProgramDraft = {
		tiers: {
			levels: [{ id: 'gold', name: 'Gold', threshold: '150', entryBonus: 25, multiplier: '2' }],
		},
	};

	it('report the change exactly once, and the entry bonus is given once', async () => {
		await always(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const crowd = new Crowd(seed, LADDER);
				const outcomes = await crowd.all([
					crowd.hear(paid({ id: '1' })),
					crowd.hear(paid({ id: '2' })),
					crowd.hear(paid({ id: '1' })),
					crowd.hear(paid({ id: '2' })),
				]);
				expect(applied(outcomes)).toHaveLength(2);
				expect(outcomes.filter(({ tierChanged }) => tierChanged)).toHaveLength(1);
				expect(crowd.state()).toMatchObject({ spendable: 225, orders: 2 });
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			80,
		);
	});

	it('get the bonus that a run which died left undone from the next delivery', async () => {
		await always(
			fc.asyncProperty(fc.integer(), deaths, deaths, async (seed, first, second) => {
				const crowd = new Crowd(seed, LADDER);
				await crowd.all([
					crowd.insist(async (ledger) => await crowd.hear(paid({ id: '1' }), ledger), first),
					crowd.insist(async (ledger) => await crowd.hear(paid({ id: '2' }), ledger), second),
				]);
				expect(crowd.state()).toMatchObject({ spendable: 225, orders: 2 });
				expect(crowd.views().saved).toEqual(crowd.views().rebuilt);
			}) as never,
			80,
		);
	});
});

describe('a run that fails', () => {
	it.each(['read', 'append', 'appended', 'holdsLock', 'saveMembers'])(
		'at %s gives the lease back, so that the next redemption need not wait for it to run out',
		async (call) => {
			const ledger = new MemoryLedger();
			ledger.published = [published()];
			const ask = async (request: Request, writer: string) =>
				await processRequests([request], ledger, { now: NOW, writer });
			await ask({ kind: 'event', event: paid() }, 'shop');
			ledger.crashAt = call;
			const request: Request = {
				kind: 'redeem',
				member: ANNA,
				points: 100,
				basket: null,
				requestId: 'r',
				code: 'c',
			};
			await expect(ask(request, 'first')).rejects.toThrow(`crashed at ${call}`);
			expect(ledger.locks.size).toBe(0);
			expect(await ask(request, 'second')).toMatchObject({
				value: [{ redemption: { points: 100, code: 'c' }, member: { balance: 0 } }],
			});
		},
	);

	it('at giving the lease back still answers: the lease runs out by itself', async () => {
		const ledger = new MemoryLedger();
		ledger.published = [published()];
		await processRequests([{ kind: 'event', event: paid() }], ledger, { now: NOW, writer: 'shop' });
		ledger.crashAt = 'unlock';
		const request: Request = {
			kind: 'redeem',
			member: ANNA,
			points: 100,
			basket: null,
			requestId: 'r',
			code: 'c',
		};
		const result = await processRequests([request], ledger, { now: NOW, writer: 'run' });
		expect(result).toMatchObject({ value: [{ applied: true, points: -100 }] });
	});
});

describe('an order whose refund came first', () => {
	it('gives the refund its member in the same write', async () => {
		const calls: string[] = [];
		const ledger = new MemoryLedger(async (call) => {
			calls.push(call);
		});
		ledger.published = [published()];
		const hear = async (event: StoreEvent) =>
			await processRequests([{ kind: 'event', event }], ledger, { now: NOW, writer: event.type });
		await hear(refunded({ amount: 4000 }));
		calls.length = 0;
		expect(await hear(paid())).toMatchObject({ value: [{ applied: true, points: 60 }] });
		expect(calls).toEqual(['programs', 'read', 'append', 'appended', 'read', 'saveMembers']);
		expect(ledger.rows.map(({ key, member }) => [key, member])).toEqual([
			['reverse:refund:shop.example:refund-1', ''],
			['earn:order:shop.example:1001', ANNA],
			['adopted:reverse:refund:shop.example:refund-1', ANNA],
		]);
	});
});

describe('orders of several members in one batch', () => {
	it('are read in one go, written in one go, and each is given its own outcome', async () => {
		const calls: string[] = [];
		const ledger = new MemoryLedger(async (call) => {
			calls.push(call);
		});
		ledger.published = [published()];
		const events = ['a', 'b', 'c'].map((name) =>
			paid({
				id: name,
				customer: { ...order().customer, email: `${name}@example.com` } as never,
			}),
		);
		const result = await processRequests(
			[...events, events[0]].map((event): Request => ({ kind: 'event', event })),
			ledger,
			{ now: NOW, writer: 'run' },
		);
		expect(result).toMatchObject({
			value: [
				{ applied: true, member: { memberId: 'a@example.com', balance: 100 } },
				{ applied: true, member: { memberId: 'b@example.com', balance: 100 } },
				{ applied: true, member: { memberId: 'c@example.com', balance: 100 } },
				{ applied: false, reason: { code: 'alreadyCounted' } },
			],
		});
		expect(calls).toEqual(['programs', 'read', 'append', 'appended', 'read', 'saveMembers']);
	});
});
