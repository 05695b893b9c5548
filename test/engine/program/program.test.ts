import {
	checkProgram,
	nextVersion,
	prepareProgram,
	type Program,
	type ProgramDraft,
} from '../../../engine/program';

function checked(draft: ProgramDraft = {}): Program {
	const result = checkProgram(draft);
	if (!result.ok) throw new Error(result.reason.message);
	return result.value;
}

function messageOf(draft: unknown): string {
	const result = checkProgram(draft);
	return result.ok ? 'published' : result.reason.message;
}

describe('an empty draft', () => {
	it('is the programme that most shops want', () => {
		expect(checked()).toMatchObject({
			currency: 'EUR',
			timeZone: 'Etc/UTC',
			identity: 'email',
			joining: { mode: 'firstOrder' },
			paidStatuses: ['processing', 'completed'],
			basis: {
				excludeTax: true,
				excludeShipping: true,
				excludeGiftCardLines: true,
				excludePaidByCredit: true,
			},
			earning: { rounding: 'floor', rules: [{ kind: 'perAmount', points: '1', per: '1' }] },
			pending: { mode: 'days', days: 14, clock: 'paid', countsForTier: false },
			expiry: { mode: 'perLot', months: 12 },
			redemption: { maxShareOfBasket: '50' },
			refunds: { whenSpent: 'negative' },
			tiers: {
				metric: 'spend',
				window: 'rolling',
				months: 12,
				graceDays: 30,
				down: 'oneAtATime',
				levels: [],
			},
		});
	});

	it('checked again is itself', () => {
		expect(checked(checked())).toEqual(checked());
	});
});

describe('a fault is told by the name of its field:', () => {
	const rule = { id: 'a', name: 'A' };
	const level = { id: 'silver', name: 'Silver', threshold: '100' };

	it.each([
		['Currency is not an ISO 4217 currency code', { currency: 'EURO' }],
		['Time Zone is not a time zone name', { timeZone: 'Berlin' }],
		['Time Zone is not a time zone name', { timeZone: 'local' }],
		[
			'Earning › Rule 1 › Name is missing or of the wrong kind',
			{ earning: { rules: [{ id: 'a' }] } },
		],
		[
			'Earning › Rule 2 › Points must be at least 0',
			{ earning: { rules: [rule, { ...rule, id: 'b', points: '-1' }] } },
		],
		[
			'Earning › Rule 1 › Points must be a plain number',
			{ earning: { rules: [{ ...rule, points: '1,5' }] } },
		],
		[
			'Earning › Rule 1 › Per Amount must be more than 0',
			{ earning: { rules: [{ ...rule, per: '0' }] } },
		],
		[
			'Earning › Rule 1 › Kind must be one of "perAmount"',
			{ earning: { rules: [{ ...rule, kind: 'perKilo' }] } },
		],
		[
			'Earning › Rounding must be one of "floor", "halfUp", "ceil"',
			{ earning: { rounding: 'up' } },
		],
		['Earning › Rule "a" is listed twice', { earning: { rules: [rule, rule] } }],
		[
			'Rule 1 (A) names the tier "gold", which is not in the list',
			{ earning: { rules: [{ ...rule, when: { tiers: ['gold'] } }] } },
		],
		[
			'Rule 1 (A) ends on 2026-01-01, before it begins on 2026-02-01',
			{ earning: { rules: [{ ...rule, when: { from: '2026-02-01', until: '2026-01-01' } }] } },
		],
		[
			'Rule 1 (A) › From 2026-02-30 is not a day',
			{ earning: { rules: [{ ...rule, when: { from: '2026-02-30' } }] } },
		],
		[
			'Rule 1 (A) › Until 9999-12-31 is not a day',
			{ earning: { rules: [{ ...rule, when: { until: '9999-12-31' } }] } },
		],
		[
			'Conditions › Start Time must be a time such as 17:30',
			{ earning: { rules: [{ ...rule, when: { startTime: '24:00' } }] } },
		],
		[
			'needs both a start time and an end time, or neither',
			{ earning: { rules: [{ ...rule, when: { startTime: '10:00' } }] } },
		],
		[
			'starts and ends at 10:00, so it would never count',
			{ earning: { rules: [{ ...rule, when: { startTime: '10:00', endTime: '10:00' } }] } },
		],
		[
			'Per Amount "0.001" has more than the 2 decimals that EUR knows',
			{ earning: { rules: [{ ...rule, per: '0.001' }] } },
		],
		[
			'Per Amount "999999999999999" is more than can be counted',
			{ earning: { rules: [{ ...rule, per: '999999999999999' }] } },
		],
		[
			'Minimum Order Value "0.5" has more than the 0 decimals that JPY knows',
			{ currency: 'JPY', earning: { rules: [{ ...rule, when: { minimumBasis: '0.5' } }] } },
		],
		[
			'Redemption › Worth "0.5" has more than the 0 decimals that JPY knows',
			{ currency: 'JPY', redemption: { worth: '0.5' } },
		],
		[
			'Redemption › Largest Share of Basket must be at most 100',
			{ redemption: { maxShareOfBasket: '101' } },
		],
		['Pending › Days must be a whole number', { pending: { days: 1.5 } }],
		['Expiry › Day must be month and day such as 12-31', { expiry: { day: '02-30' } }],
		[
			'Other Currencies lists USD twice',
			{
				currencyRates: [
					{ currency: 'usd', rate: '1' },
					{ currency: 'USD', rate: '2' },
				],
			},
		],
		[
			"must not list EUR, the programme's own currency",
			{ currencyRates: [{ currency: 'EUR', rate: '1' }] },
		],
		[
			'Tiers › Tier 2 (Gold) › Threshold must be higher than that of Silver',
			{ tiers: { levels: [level, { id: 'gold', name: 'Gold', threshold: '100' }] } },
		],
		[
			'Tiers › Tier 1 (Silver) › Threshold must be a whole number',
			{ tiers: { metric: 'orders', levels: [{ ...level, threshold: '1.5' }] } },
		],
		['Tiers list "silver" twice', { tiers: { levels: [level, { ...level, threshold: '200' }] } }],
		[
			'Tiers › Tier 1 › Colour must be a colour such as #c0a030',
			{ tiers: { levels: [{ ...level, color: 'red' }] } },
		],
		['Programme is missing or of the wrong kind', 'a text'],
	])('%s', (message, draft) => {
		expect(messageOf(draft)).toContain(message);
		expect(messageOf(draft)).toMatch(/^The programme was not published: .*\.$/);
	});

	it('all of them at once', () => {
		const result = checkProgram({
			redemption: { worth: '0.001' },
			earning: { rules: [{ ...rule, when: { from: '2026-02-30' } }] },
		});
		expect(result.ok ? [] : 'faults' in result ? result.faults : []).toEqual([
			{ field: 'Earning › Rule 1 (A) › From', message: expect.any(String) },
			{ field: 'Redemption › Worth', message: expect.any(String) },
		]);
	});

	it('numbers without quotes are taken as they are written', () => {
		expect(
			checked({ earning: { rules: [{ ...rule, points: 1.1 }] } }).earning.rules[0].points,
		).toBe('1.1');
		expect(messageOf({ earning: { rules: [{ ...rule, points: 0.1 + 0.2 }] } })).toContain(
			'must be a plain number',
		);
	});
});

describe('whatever passes the check', () => {
	it.each([
		{
			earning: {
				rules: [{ id: 'a', name: 'A', when: { from: '1900-01-01', until: '9998-12-31' } }],
			},
		},
		{
			timeZone: 'Africa/Cairo',
			earning: { rules: [{ id: 'a', name: 'A', when: { from: '2026-04-24' } }] },
		},
		{
			currency: 'CLF',
			redemption: { worth: '0.0001' },
			tiers: { levels: [{ id: 'a', name: 'A', threshold: '0' }] },
		},
	] as ProgramDraft[])('can be prepared: %j', (draft) => {
		const program = checked(draft);
		expect(() =>
			prepareProgram({ version: 1, publishedAt: '2026-01-01T00:00:00.000Z', program }),
		).not.toThrow();
	});
});

describe('publishing', () => {
	const DAY_1 = '2026-01-01T00:00:00.000Z';
	const DAY_2 = '2026-02-01T00:00:00.000Z';
	const DAY_3 = '2026-03-01T00:00:00.000Z';

	function versions(...drafts: ReadonlyArray<readonly [ProgramDraft, string]>) {
		return drafts.reduce<Array<ReturnType<typeof nextVersion>>>(
			(made, [draft, now]) => [...made, nextVersion(made.at(-1)?.published, checked(draft), now)],
			[],
		);
	}

	function since(...drafts: ReadonlyArray<readonly [ProgramDraft['expiry'], string]>) {
		return versions(...drafts.map(([expiry, now]) => [{ expiry }, now] as const)).map(
			({ published }) => published.program.expiry.since,
		);
	}

	it('counts versions up, and the same again is no new version', () => {
		const [first, again, second] = versions([{}, DAY_1], [{}, DAY_2], [{ name: 'Club' }, DAY_3]);
		expect(first).toMatchObject({ isNew: true, published: { version: 1, publishedAt: DAY_1 } });
		expect(again).toEqual({ isNew: false, published: first.published });
		expect(second).toMatchObject({ isNew: true, published: { version: 2, publishedAt: DAY_3 } });
	});

	it('turning expiry on, or making it stricter, starts its clock; loosening or leaving it does not', () => {
		expect(since([{ mode: 'never' }, DAY_1], [{ mode: 'perLot' }, DAY_2])).toEqual([null, DAY_2]);
		expect(since([{ months: 12 }, DAY_1], [{ months: 6 }, DAY_2])).toEqual([DAY_1, DAY_2]);
		expect(
			since([{ months: 12 }, DAY_1], [{ months: 24 }, DAY_2], [{ months: 24 }, DAY_3]),
		).toEqual([DAY_1, DAY_1, DAY_1]);
		expect(since([{ mode: 'perLot' }, DAY_1], [{ mode: 'inactivity' }, DAY_2])).toEqual([
			DAY_1,
			DAY_2,
		]);
		expect(
			since(
				[{ mode: 'calendarDay', day: '12-31' }, DAY_1],
				[{ mode: 'calendarDay', day: '06-30' }, DAY_2],
			),
		).toEqual([DAY_1, DAY_2]);
		expect(
			since([{ mode: 'perLot' }, DAY_1], [{ mode: 'never' }, DAY_2], [{ mode: 'perLot' }, DAY_3]),
		).toEqual([DAY_1, null, DAY_3]);
	});

	it('does not let the owner set that clock back', () => {
		expect(since([{ since: '2000-01-01T00:00:00.000Z' }, DAY_1])).toEqual([DAY_1]);
	});
});
