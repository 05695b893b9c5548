import {
	countedRows,
	entryKey,
	orderRef,
	replay,
	type AnyEntry,
	type Row,
} from '../../../engine/ledger';
import { programHistory } from '../../../engine/process';
import type { ProgramDraft } from '../../../engine/program';
import { Programme } from '../support/programme';
import { ANNA, NOW, paid, published, refunded } from '../support/shop';

const LAPSING: ProgramDraft = {
	expiry: { mode: 'perLot', months: 12, since: '2020-01-01T00:00:00.000Z' },
};

/** An order of 100 points that lapse a year after it. */
function bought(id: string, at: string) {
	return paid({ id, createdAt: at, paidAt: at });
}

function left(programme: Programme): Record<string, number> {
	return Object.fromEntries(
		programme.state().lots.map(({ key, remaining }) => [key.split(':').at(-1), remaining]),
	);
}

describe('a redemption takes from the lots', () => {
	it('that lapse soonest first, whichever was heard of first', async () => {
		const programme = new Programme(LAPSING);
		await programme.hear(
			bought('late', '2026-02-01T10:00:00.000Z'),
			bought('soon', '2025-05-01T10:00:00.000Z'),
			bought('middle', '2025-08-01T10:00:00.000Z'),
		);
		await programme.redeem(100, 'a');
		await programme.redeem(100, 'b');
		expect(left(programme)).toEqual({ late: 100, soon: 0, middle: 0 });
	});

	it('never-lapsing ones last, and the oldest first where they lapse together', async () => {
		const programme = new Programme({ ...LAPSING, redemption: { step: 50 } });
		await programme.hear(bought('lapsing', '2026-02-01T10:00:00.000Z'));
		programme.publish({ expiry: { mode: 'never' }, redemption: { step: 50 } });
		await programme.hear(
			bought('young', '2026-02-20T10:00:00.000Z'),
			bought('old', '2026-02-10T10:00:00.000Z'),
		);
		await programme.redeem(150, 'a');
		expect(left(programme)).toEqual({ lapsing: 0, old: 50, young: 100 });
	});

	it('but for those that have lapsed, though no job has said so', async () => {
		const programme = new Programme(LAPSING);
		await programme.hear(
			bought('lapsed', '2025-02-01T10:00:00.000Z'),
			bought('alive', '2025-08-01T10:00:00.000Z'),
		);
		expect(await programme.redeem(200, 'a')).toMatchObject({ redemption: { points: 100 } });
		expect(left(programme)).toEqual({ lapsed: 100, alive: 0 });
		expect(programme.state()).toMatchObject({ spendable: 0, expired: 100, balance: 0 });
	});
});

describe('a debit that is dated before another one', () => {
	const early = '2026-02-15T10:00:00.000Z';

	it('finds what was alive at its own time', () => {
		const rows = [
			award(1, 'soon', 100, '2025-03-01T10:00:00.000Z', '2026-02-20T00:00:00.000Z'),
			award(2, 'late', 100, '2025-03-01T10:00:00.000Z', '2027-01-01T00:00:00.000Z'),
			adjust(3, 'later', -50, '2026-02-25T10:00:00.000Z'),
			adjust(4, 'earlier', -50, early),
		];
		expect(stateOf(rows).lots.map(({ remaining }) => remaining)).toEqual([50, 50]);
	});

	it('does not hide the points when the other one comes from a wrong clock in the future', async () => {
		const programme = new Programme(LAPSING);
		await programme.hear(bought('1', '2026-02-01T10:00:00.000Z'), bought('2', early));
		await programme.redeem(100, 'a');
		await programme.hear(refunded({ orderId: '1', amount: 10000 }, '2031-01-01T00:00:00.000Z'));
		await programme.award(200, 'b');
		const { spendable } = programme.state();
		expect(await programme.redeem(spendable, 'c')).toMatchObject({ applied: true });
		expect(programme.state()).toMatchObject({ owed: 0 });
	});
});

describe('what a member owes', () => {
	it('is paid by the next credits, whatever they are', async () => {
		const programme = new Programme();
		await programme.adjust(-250, 'down');
		await programme.hear(paid({ id: '1' }));
		expect(programme.state()).toMatchObject({ owed: 150, spendable: 0, balance: -150 });
		await programme.award(200, 'gift');
		expect(programme.state()).toMatchObject({ owed: 0, spendable: 50, lifetimeEarned: 300 });
	});
});

describe('rows', () => {
	const twice = [award(1, 'a', 100), award(2, 'a', 70), award(3, 'b', 5)];

	it('of one key count once: the first, whoever wrote it and in whatever order they are read', () => {
		expect(stateOf(twice).spendable).toBe(105);
		expect(stateOf([...twice].reverse()).spendable).toBe(105);
		expect(countedRows([...twice].reverse()).map(({ seq }) => seq)).toEqual([1, 3]);
	});

	it('that were voided count for nothing, and only those of the run that is named', () => {
		const own = { ...redeem(2, 'r', 60), writer: 'slow' };
		const other = { ...redeem(3, 'r', 60), writer: 'fast' };
		const voided = row(4, {
			...blank('void:slow:redeem:r'),
			kind: 'void',
			facts: { voided: own.key, writer: 'slow', reason: 'a test' },
		});
		const first = award(1, 'a', 100);
		expect(stateOf([first, own, voided]).spendable).toBe(100);
		expect(stateOf([first, own, other, voided])).toMatchObject({ spendable: 40, redeemed: 60 });
	});

	it('of other members are passed over, also those that nobody owns yet', () => {
		const others = twice.map(
			(one): Row => ({ ...one, seq: one.seq + 10, member: 'bob@example.com' }),
		);
		const stray: Row = { ...award(30, 'c', 9), member: '' };
		expect(stateOf([...others, ...twice, stray])).toMatchObject({ spendable: 105, upTo: 3 });
	});

	it('that record an expiry change nothing, because time alone has done it', () => {
		const lapsed = award(1, 'a', 100, '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
		const recorded = row(2, {
			...blank(entryKey.expire(lapsed.key)),
			kind: 'expire',
			facts: { lot: lapsed.key },
		});
		expect({ ...stateOf([lapsed, recorded]), upTo: 0 }).toEqual({ ...stateOf([lapsed]), upTo: 0 });
	});

	it('in which a redemption found too little say so, and leave the rest as a debt', () => {
		const rows = [award(1, 'a', 100), redeem(2, 'x', 80), redeem(3, 'y', 80)];
		const state = stateOf(rows);
		expect([...state.overdrawn]).toEqual(['redeem:y']);
		expect(state).toMatchObject({ owed: 60, spendable: 0, redeemed: 160 });
	});

	it('are read whole: lapse and availability next to come are those of the soonest lots together', () => {
		const at = '2026-02-01T00:00:00.000Z';
		const soon = '2026-05-01T00:00:00.000Z';
		const rows = [
			award(1, 'a', 10, at, soon),
			award(2, 'b', 20, at, soon),
			award(3, 'c', 40, at, '2026-06-01T00:00:00.000Z'),
		];
		expect(stateOf(rows).nextExpiry).toEqual({ points: 30, at: soon });
	});
});

describe('keys', () => {
	it('are made of business facts', () => {
		expect(entryKey.order('shop.example', '7')).toBe('earn:order:shop.example:7');
		expect(entryKey.refund('shop.example', '7')).toBe('reverse:refund:shop.example:7');
		expect(entryKey.redeem('r1')).toBe('redeem:r1');
		expect(entryKey.expire('earn:order:shop.example:7')).toBe('expire:earn:order:shop.example:7');
	});

	it('of different facts never collide, whatever their parts contain', () => {
		const parts = ['a', 'a:b', 'b', 'a%3Ab', 'a%', '%3A', ':', '%', 'a:', ':b', '2', 'r:2', 'r'];
		const keys = parts.flatMap((left) =>
			parts.flatMap((right) => [
				entryKey.order(left, right),
				entryKey.refund(left, right),
				entryKey.cancel(left, right),
				entryKey.fulfil(left, right),
				entryKey.customer(left, right),
				entryKey.award(left, right),
				entryKey.adjust(left, right),
				entryKey.tierBonus(left, right),
			]),
		);
		const requests = parts.flatMap((id) =>
			[1, 2, 3].map((attempt) => entryKey.redeem(id, attempt)),
		);
		expect(new Set([...keys, ...requests]).size).toBe(keys.length + requests.length);
		expect(orderRef('a:b', 'c')).not.toBe(orderRef('a', 'b:c'));
	});

	it('with colons and per cent signs still find the refund of their order', async () => {
		const programme = new Programme();
		await programme.hear(
			refunded({ id: 'x:%1', orderId: 'o:1%', amount: 2500 }),
			paid({ id: 'o:1%' }),
		);
		await programme.hear(refunded({ id: 'x:%1', orderId: 'o:1%', amount: 2500 }));
		expect(programme.state().balance).toBe(75);
	});
});

function stateOf(rows: readonly Row[]) {
	const programs = programHistory([published()]);
	if (programs === null) throw new Error('nothing published');
	return replay(ANNA, rows, programs, NOW);
}

function blank(key: string) {
	return {
		key,
		member: ANNA,
		order: null,
		points: 0,
		occurredAt: '2026-02-20T00:00:00.000Z',
		programVersion: 1,
		summary: '',
	};
}

function row(seq: number, entry: AnyEntry): Row {
	return { ...entry, seq, writer: `run-${seq}` };
}

function award(
	seq: number,
	id: string,
	points: number,
	at = '2026-02-01T00:00:00.000Z',
	expiresAt: string | null = null,
): Row {
	return row(seq, {
		...blank(`award:${ANNA}:${id}`),
		kind: 'award',
		points,
		occurredAt: at,
		facts: { availableAt: at, expiresAt, inactivityMonths: null, reason: 'a gift' },
	});
}

function adjust(seq: number, id: string, points: number, at: string): Row {
	return row(seq, {
		...blank(`adjust:${ANNA}:${id}`),
		kind: 'adjust',
		points,
		occurredAt: at,
		facts: {
			availableAt: at,
			expiresAt: null,
			inactivityMonths: null,
			reason: 'a test',
			author: 'Ben',
		},
	});
}

function redeem(seq: number, id: string, points: number): Row {
	return row(seq, {
		...blank(`redeem:${id}`),
		kind: 'redeem',
		points: -points,
		facts: { asked: points, worth: points, currency: 'EUR', code: `code-${id}`, request: id },
	});
}
