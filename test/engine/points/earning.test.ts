import type { Order } from '../../../engine/event/storeEvent';
import type { ProgramDraft } from '../../../engine/program';
import { Programme } from '../support/programme';
import { line, paid } from '../support/shop';

type Rules = NonNullable<NonNullable<ProgramDraft['earning']>['rules']>;

const BASE = { id: 'base', name: 'Base' };
const A = line({
	id: 'a',
	productId: 'p-a',
	sku: 'A',
	net: 10000,
	categories: ['Coffee'],
	tags: ['sale'],
});
const B = line({ id: 'b', productId: 'p-b', sku: 'B', net: 5000, quantity: 3 });

async function pointsFor(
	rules: Rules,
	order: Partial<Order> = {},
	draft: ProgramDraft = {},
): Promise<number> {
	const programme = new Programme({ ...draft, earning: { ...draft.earning, rules } });
	const outcome = await programme.hearOne(paid({ lines: [A, B], ...order }));
	expect(outcome.reason).toBeNull();
	return outcome.points;
}

describe('which rules count on a line', () => {
	it.each([
		[
			'a product before a category and the order',
			[
				BASE,
				{ id: 'c', name: 'C', points: '2', scope: { categories: ['coffee'] } },
				{ id: 'p', name: 'P', points: '5', scope: { products: ['P-A'] } },
			],
			500 + 50,
		],
		[
			'a category before the order',
			[BASE, { id: 'c', name: 'C', points: '2', scope: { categories: ['COFFEE'] } }],
			200 + 50,
		],
		[
			'a tag like a category',
			[BASE, { id: 't', name: 'T', points: '3', scope: { tags: ['Sale'] } }],
			300 + 50,
		],
		[
			'a SKU like a product',
			[BASE, { id: 's', name: 'S', points: '4', scope: { skus: ['a'] } }],
			400 + 50,
		],
		['all of the same scope together', [BASE, { id: 'more', name: 'More', points: '0.5' }], 225],
	] as Array<[string, Rules, number]>)('%s', async (_name, rules, points) => {
		expect(await pointsFor(rules)).toBe(points);
	});

	it('a rate of zero excludes a product, also against an exclusive rule for the whole order', async () => {
		const zero = { id: 'zero', name: 'Nothing for A', points: '0', scope: { skus: ['A'] } };
		expect(await pointsFor([BASE, zero])).toBe(50);
		const campaign = { id: 'x', name: 'Triple', points: '3', exclusive: true, priority: 9 };
		expect(await pointsFor([BASE, zero, campaign])).toBe(150);
	});

	it('an exclusive rule wins alone, by priority, and the first listed where priorities are equal', async () => {
		const double = { id: 'd', name: 'Double', kind: 'multiplier' as const };
		const five = { id: 'five', name: 'Five', points: '5', exclusive: true, priority: 1 };
		const seven = { id: 'seven', name: 'Seven', points: '7', exclusive: true, priority: 2 };
		expect(await pointsFor([BASE, double, five])).toBe(750);
		expect(await pointsFor([BASE, double, five, seven])).toBe(1050);
		expect(await pointsFor([BASE, { ...five, priority: 2 }, seven])).toBe(750);
	});

	it('an exclusive multiplier multiplies what is not exclusive, and alone', async () => {
		const double = { id: 'd', name: 'Double', kind: 'multiplier' as const };
		const triple = {
			id: 't',
			name: 'Triple',
			kind: 'multiplier' as const,
			factor: '3',
			exclusive: true,
		};
		expect(await pointsFor([BASE, double, triple])).toBe(450);
	});

	it('amounts add up, then multipliers multiply, then the tier multiplies, and bonuses stay as they are', async () => {
		const programme = new Programme({
			tiers: { levels: [{ id: 'gold', name: 'Gold', threshold: '1', multiplier: '1.1' }] },
			earning: {
				rules: [
					{ ...BASE, points: '0.03', per: '0.10' },
					{ id: 'more', name: 'More', points: '0.2' },
					{ id: 'd', name: 'Double', kind: 'multiplier' },
					{ id: 'h', name: 'Half more', kind: 'multiplier', factor: '1.5' },
					{ id: 'order', name: 'Each order', kind: 'perOrder', points: '10' },
				],
			},
		});
		const first = await programme.hearOne(paid({ id: '1', lines: [line({ net: 1990 })] }));
		// 19.90 x (0.3 + 0.2) x 2 x 1.5 = 29.85, and 10
		expect(first.points).toBe(39);
		const second = await programme.hearOne(paid({ id: '2', lines: [line({ net: 1990 })] }));
		// 29.85 x 1.1 = 32.835, and 10
		expect(second.points).toBe(42);
		const row = programme.ledger.rows.find((one) => one.order?.endsWith(':2'));
		expect(row?.facts).toMatchObject({
			breakdown: [
				{ rule: 'base', exact: '597/100', effect: 'add' },
				{ rule: 'more', exact: '199/50', effect: 'add' },
				{ rule: 'order', exact: '10', effect: 'bonus' },
				{ rule: 'd', exact: '2', effect: 'multiply' },
				{ rule: 'h', exact: '3/2', effect: 'multiply' },
				{ rule: 'tier:gold', exact: '11/10', effect: 'multiply' },
			],
		});
		expect(row?.programVersion).toBe(1);
	});

	it('a multiplier of some products leaves the others alone', async () => {
		const double = {
			id: 'd',
			name: 'Double A',
			kind: 'multiplier' as const,
			scope: { skus: ['A'] },
		};
		expect(await pointsFor([BASE, double])).toBe(250);
	});
});

describe('points by piece, by line and by order', () => {
	it('count pieces, lines and orders that are in the scope', async () => {
		expect(await pointsFor([{ ...BASE, kind: 'perUnit', points: '7' }])).toBe(28);
		expect(await pointsFor([{ ...BASE, kind: 'perLine', points: '7' }])).toBe(14);
		expect(await pointsFor([{ ...BASE, kind: 'perOrder', points: '7' }])).toBe(7);
		const forB = { scope: { skus: ['B'] }, points: '7' };
		expect(await pointsFor([{ ...BASE, ...forB, kind: 'perUnit' }])).toBe(21);
		expect(await pointsFor([{ ...BASE, ...forB, kind: 'perLine' }])).toBe(7);
		expect(await pointsFor([{ ...BASE, ...forB, kind: 'perOrder' }])).toBe(7);
		expect(
			await pointsFor([{ ...BASE, scope: { skus: ['C'] }, kind: 'perOrder', points: '7' }]),
		).toBe(0);
	});

	it('give nothing for excluded goods, gift cards, and what was given away', async () => {
		const rules: Rules = [{ ...BASE, kind: 'perUnit', points: '7' }];
		const lines = [{ ...A, giftCard: true }, B, line({ id: 'free', net: 0, quantity: 2 })];
		expect(await pointsFor(rules, { lines })).toBe(21);
		expect(await pointsFor(rules, { lines }, { earning: { exclusions: { skus: ['b'] } } })).toBe(0);
	});
});

describe('rounding', () => {
	it.each([
		['floor', 1999, 19],
		['halfUp', 1949, 19],
		['halfUp', 1950, 20],
		['ceil', 1901, 20],
		['ceil', 1900, 19],
	] as const)('%s turns %i cents into %i points', async (rounding, net, points) => {
		expect(await pointsFor([BASE], { lines: [line({ net })] }, { earning: { rounding } })).toBe(
			points,
		);
	});

	it('happens once for the whole order, not for each line', async () => {
		const lines = ['a', 'b', 'c'].map((id) => line({ id, net: 150 }));
		expect(await pointsFor([BASE], { lines })).toBe(4);
		expect(await pointsFor([BASE], { lines }, { earning: { rounding: 'ceil' } })).toBe(5);
	});

	it('knows no binary fractions: 0.07 a cent for 100 cents is 7, not a little more', async () => {
		const rules: Rules = [{ ...BASE, points: '0.07', per: '0.01' }];
		const draft: ProgramDraft = { earning: { rounding: 'ceil' } };
		expect(await pointsFor(rules, { lines: [line({ net: 100 })] }, draft)).toBe(7);
	});
});

describe('what part of an order counts', () => {
	const taxed = line({ net: 10000, tax: 1900 });
	const all = {
		excludeTax: false,
		excludeShipping: false,
		excludeGiftCardLines: false,
		excludePaidByCredit: false,
	};

	it.each([
		['tax is left out', {}, { lines: [taxed] }, 100],
		['tax counts', { excludeTax: false }, { lines: [taxed] }, 119],
		['shipping is left out', {}, { shipping: { net: 500, tax: 95 } }, 150],
		['shipping counts', { excludeShipping: false }, { shipping: { net: 500, tax: 95 } }, 155],
		[
			'shipping with tax counts',
			{ excludeShipping: false, excludeTax: false },
			{ shipping: { net: 500, tax: 100 } },
			156,
		],
		['gift cards bought are left out', {}, { lines: [{ ...A, giftCard: true }, B] }, 50],
		[
			'gift cards bought count',
			{ excludeGiftCardLines: false },
			{ lines: [{ ...A, giftCard: true }, B] },
			150,
		],
		[
			'what is paid by gift card is left out',
			{},
			{ paidByCredit: { giftCard: 3000, storeCredit: 0, points: 0 } },
			120,
		],
		[
			'what is paid by store credit and points too',
			{},
			{ paidByCredit: { giftCard: 0, storeCredit: 3000, points: 6000 } },
			60,
		],
		[
			'what is paid by credit counts',
			{ excludePaidByCredit: false },
			{ paidByCredit: { giftCard: 3000, storeCredit: 0, points: 0 } },
			150,
		],
		[
			'an order paid wholly by gift card earns nothing',
			{},
			{ paidByCredit: { giftCard: 15000, storeCredit: 0, points: 0 } },
			0,
		],
		[
			'credit takes its share of the tax along',
			{},
			{ lines: [taxed], paidByCredit: { giftCard: 5950, storeCredit: 0, points: 0 } },
			50,
		],
		[
			'everything counts',
			all,
			{
				lines: [{ ...taxed, giftCard: true }],
				shipping: { net: 500, tax: 100 },
				paidByCredit: { giftCard: 5950, storeCredit: 0, points: 0 },
			},
			125,
		],
	] as Array<[string, ProgramDraft['basis'], Partial<Order>, number]>)(
		'%s',
		async (_name, basis, order, points) => {
			expect(await pointsFor([BASE], order, { basis })).toBe(points);
		},
	);

	it('a line that costs less than nothing takes nothing from the others', async () => {
		expect(
			await pointsFor([BASE], { lines: [A, line({ id: 'b', net: -2000 })], total: 8000 }),
		).toBe(100);
	});

	it.each([
		['JPY', 1500, 1500],
		['BHD', 1500, 1],
		['USD', 1500, 15],
		['CLF', 15000, 1],
	])(
		'%s counts whole currency units whatever its decimals: %i is %i',
		async (currency, net, points) => {
			expect(await pointsFor([BASE], { currency, lines: [line({ net })] }, { currency })).toBe(
				points,
			);
		},
	);
});

describe('when a rule counts', () => {
	const bonus = { id: 'w', name: 'W', kind: 'perOrder' as const, points: '1' };

	async function counts(when: object, paidAt: string, draft: ProgramDraft = {}): Promise<boolean> {
		return (await pointsFor([{ ...bonus, when }], { paidAt, createdAt: paidAt }, draft)) === 1;
	}

	it.each([
		['2026-02-09T22:59:59.999Z', false],
		['2026-02-09T23:00:00.000Z', true],
		['2026-02-11T22:59:59.999Z', true],
		['2026-02-11T23:00:00.000Z', false],
	])('its days begin and end at midnight in Berlin: %s', async (at, expected) => {
		expect(await counts({ from: '2026-02-10', until: '2026-02-11' }, at)).toBe(expected);
	});

	it.each([
		['2026-03-28T22:59:59.999Z', false],
		['2026-03-28T23:00:00.000Z', true],
		['2026-03-29T21:59:59.999Z', true],
		['2026-03-29T22:00:00.000Z', false],
	])('the day on which the clocks change has 23 hours: %s', async (at, expected) => {
		expect(await counts({ from: '2026-03-29', until: '2026-03-29' }, at)).toBe(expected);
	});

	it('weekdays are those of the zone', async () => {
		const saturdayInBerlin = '2026-02-06T23:30:00.000Z';
		expect(await counts({ weekdays: [6] }, saturdayInBerlin)).toBe(true);
		expect(await counts({ weekdays: [5] }, saturdayInBerlin)).toBe(false);
		expect(
			await counts({ weekdays: [5] }, saturdayInBerlin, { timeZone: 'America/New_York' }),
		).toBe(true);
	});

	it.each([
		['2026-02-06T16:59:59.000Z', false],
		['2026-02-06T17:00:00.000Z', true],
		['2026-02-06T18:59:59.000Z', true],
		['2026-02-06T19:00:00.000Z', false],
	])('hours begin with the first minute and end before the last: %s', async (at, expected) => {
		expect(await counts({ startTime: '18:00', endTime: '20:00' }, at)).toBe(expected);
	});

	it.each([
		['Friday evening', '2026-02-06T21:30:00.000Z', true],
		['the night after Friday', '2026-02-07T00:30:00.000Z', true],
		['the end of that night', '2026-02-07T01:00:00.000Z', false],
		['the night before Friday', '2026-02-06T00:30:00.000Z', false],
		['Saturday evening', '2026-02-07T21:30:00.000Z', false],
	])(
		'hours past midnight belong to the day on which they began: %s',
		async (_name, at, expected) => {
			expect(await counts({ weekdays: [5], startTime: '22:00', endTime: '02:00' }, at)).toBe(
				expected,
			);
		},
	);

	it.each([
		['2026-02-06T20:59:59.000Z', false],
		['2026-02-06T21:00:00.000Z', true],
		['2026-02-07T00:30:00.000Z', true],
		['2026-02-06T00:30:00.000Z', false],
		['2026-02-07T21:30:00.000Z', false],
	])('also where the days of a campaign end: %s', async (at, expected) => {
		const friday = { from: '2026-02-06', until: '2026-02-06' };
		expect(await counts({ ...friday, startTime: '22:00', endTime: '02:00' }, at)).toBe(expected);
	});

	it('a campaign ends with its last day, also where clocks skip the midnight before it', async () => {
		const draft = { timeZone: 'Africa/Cairo' };
		const rules = [{ ...bonus, when: { until: '2026-04-24' } }];
		for (const [paidAt, expected] of [
			['2026-04-24T20:59:59.000Z', 1],
			['2026-04-24T21:00:00.000Z', 0],
		] as const)
			expect(await pointsFor(rules, { paidAt }, draft)).toBe(expected);
	});

	it('the minimum is met exactly, by what counts and in the currency of the programme', async () => {
		expect(await pointsFor([{ ...bonus, when: { minimumBasis: '150' } }])).toBe(1);
		expect(await pointsFor([{ ...bonus, when: { minimumBasis: '150.01' } }])).toBe(0);
		const draft: ProgramDraft = { currencyRates: [{ currency: 'USD', rate: '0.5' }] };
		expect(
			await pointsFor([{ ...bonus, when: { minimumBasis: '75' } }], { currency: 'USD' }, draft),
		).toBe(1);
		expect(
			await pointsFor([{ ...bonus, when: { minimumBasis: '75.01' } }], { currency: 'USD' }, draft),
		).toBe(0);
	});

	it('a channel is meant in any case, and an order without one is not meant', async () => {
		expect(await pointsFor([{ ...bonus, when: { channels: ['POS'] } }], { channel: 'pos' })).toBe(
			1,
		);
		expect(await pointsFor([{ ...bonus, when: { channels: ['POS'] } }], { channel: 'web' })).toBe(
			0,
		);
		expect(await pointsFor([{ ...bonus, when: { channels: ['POS'] } }], { channel: null })).toBe(0);
	});

	it('a tier is the one that the member has before the order', async () => {
		const programme = new Programme({
			tiers: { levels: [{ id: 'gold', name: 'Gold', threshold: '100' }] },
			earning: { rules: [{ ...bonus, when: { tiers: ['gold'] } }] },
		});
		expect((await programme.hearOne(paid({ id: '1' }))).points).toBe(0);
		expect((await programme.hearOne(paid({ id: '2' }))).points).toBe(1);
	});

	it('the n-th order counts once, every n-th again and again', async () => {
		for (const [everyNthOrder, expected] of [
			[false, [0, 1, 0, 0]],
			[true, [0, 1, 0, 1]],
		] as const) {
			const programme = new Programme({
				earning: { rules: [{ ...bonus, when: { nthOrder: 2, everyNthOrder } }] },
			});
			const points: number[] = [];
			for (const id of ['1', '2', '3', '4'])
				points.push((await programme.hearOne(paid({ id }))).points);
			expect(points).toEqual(expected);
		}
	});

	it('members are new for so many days of the zone, and with the order that makes them members', async () => {
		const programme = new Programme({
			earning: { rules: [{ ...bonus, when: { newMemberDays: 10 } }] },
		});
		const points: number[] = [];
		for (const [id, paidAt] of [
			['1', '2026-02-01T10:00:00.000Z'],
			['2', '2026-02-11T09:59:59.000Z'],
			['3', '2026-02-11T10:00:00.000Z'],
		])
			points.push((await programme.hearOne(paid({ id, paidAt }))).points);
		expect(points).toEqual([1, 1, 0]);
	});
});
