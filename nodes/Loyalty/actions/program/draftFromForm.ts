import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { refusal, success, type Result } from '../../../../engine/result';

/** Reads the form into the document of a programme. What the owner left alone is left out, so that the default applies. */
export function draftFromForm(context: IExecuteFunctions, item: number): Result<IDataObject> {
	const get = <T>(name: string, fallback: T) => context.getNodeParameter(name, item, fallback) as T;
	if (get<string>('define', 'form') === 'json') return fromJson(get<unknown>('programJson', '{}'));
	const options = get<IDataObject>('options', {});
	const zone = get<string>('timeZone', 'workflow');
	const leaveOut = options.leaveOut as string[] | undefined;
	return success(
		given({
			name: get('programName', ''),
			currency: get('currency', 'EUR'),
			timeZone: zone === 'workflow' ? context.getTimezone() : zone,
			unit: given({ singular: options.unitSingular, plural: options.unitPlural }),
			identity: options.identity,
			joining: given({ mode: options.joining, claimEarlierOrders: options.claimEarlierOrders }),
			paidStatuses: options.paidStatuses === undefined ? undefined : list(options.paidStatuses),
			currencyRates: rows(options.currencyRates, 'rate').map(({ currency, rate }) => ({
				currency,
				rate,
			})),
			basis: leaveOut === undefined ? undefined : basis(leaveOut),
			earning: given({
				rounding: options.rounding,
				rules: [
					{
						id: 'base',
						name: 'Points for every purchase',
						kind: 'perAmount',
						points: decimal(get<unknown>('basePoints', 1)),
						per: decimal(get<unknown>('basePer', 1)),
					},
					...rows(get<IDataObject>('rules', {}), 'rule').map(rule),
				],
				exclusions: scope(
					(options.exclusions as IDataObject | undefined)?.goods as IDataObject | undefined,
				),
			}),
			pending: given({
				mode: get('pendingMode', 'days'),
				days: number(get<unknown>('pendingDays', '')),
				clock: options.pendingClock,
				countsForTier: options.pendingCountsForTier,
			}),
			expiry: given({
				mode: get('expiryMode', 'perLot'),
				months: number(get<unknown>('expiryMonths', '')),
				day: text(get<unknown>('expiryDay', '')),
			}),
			redemption: given({
				points: get<unknown>('redemptionPoints', 100),
				worth: decimal(get<unknown>('redemptionWorth', 1)),
				step: options.step,
				minimum: options.minimum,
				maxShareOfBasket: decimal(options.maxShareOfBasket),
			}),
			refunds: given({ whenSpent: options.whenSpent }),
			tiers: given({
				metric: get('tierMetric', 'spend'),
				window: get('tierWindow', 'rolling'),
				graceDays: options.graceDays,
				down: options.tiersDown,
				levels: rows(get<IDataObject>('tiers', {}), 'tier').filter(isFilledIn).map(tier),
			}),
		}),
	);
}

function fromJson(value: unknown): Result<IDataObject> {
	if (typeof value === 'object' && value !== null) return success(value as IDataObject);
	let parsed: unknown;
	try {
		parsed = JSON.parse(String(value));
	} catch {
		parsed = null;
	}
	return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
		? success(parsed as IDataObject)
		: refusal(
				'programNotJson',
				'The field Program is not a JSON object. Check its brackets, quotes and commas.',
			);
}

function rule(row: IDataObject, index: number): IDataObject {
	const when = (row.when ?? {}) as IDataObject;
	const name = String(row.name ?? '').trim() || `Rule ${index + 1}`;
	return given({
		id: slug(name, index),
		name,
		kind: row.kind ?? 'multiplier',
		points: decimal(row.points),
		per: decimal(row.per),
		factor: decimal(row.factor),
		exclusive: row.exclusive,
		priority: row.priority,
		scope: scope(row.scope as IDataObject | undefined),
		when: given({
			from: text(when.from),
			until: text(when.until),
			startTime: text(when.startTime),
			endTime: text(when.endTime),
			weekdays: when.weekdays,
			channels: list(when.channels),
			tiers: list(when.tiers),
			minimumBasis: decimal(when.minimumBasis),
			nthOrder: when.nthOrder,
			everyNthOrder: when.everyNthOrder,
			newMemberDays: when.newMemberDays,
		}),
	});
}

/** A tier that was left empty as a whole is none: a form that offers three tiers is not a fault of a shop that has two. */
function isFilledIn(row: IDataObject): boolean {
	return [row.name, row.perks, row.entryBonus, row.threshold].some(
		(value) => !['', '0', 'undefined', 'null'].includes(String(value).trim()),
	);
}

function tier(row: IDataObject, index: number): IDataObject {
	const name = String(row.name ?? '').trim();
	return given({
		id: slug(name, index),
		name,
		threshold: decimal(row.threshold) ?? '0',
		multiplier: decimal(row.multiplier),
		entryBonus: row.entryBonus,
		perks: list(row.perks),
		color: text(row.color),
	});
}

/** Tiers and rules are named by people; other rules refer to a tier by its name in small letters. */
function slug(name: string, index: number): string {
	const plain = name
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '');
	return plain || `number-${index + 1}`;
}

function scope(goods: IDataObject | undefined): IDataObject | undefined {
	if (goods === undefined) return undefined;
	return {
		products: list(goods.products),
		skus: list(goods.skus),
		categories: list(goods.categories),
		tags: list(goods.tags),
	};
}

function basis(leaveOut: readonly string[]): IDataObject {
	const switches = ['excludeTax', 'excludeShipping', 'excludeGiftCardLines', 'excludePaidByCredit'];
	return Object.fromEntries(switches.map((name) => [name, leaveOut.includes(name)]));
}

function rows(collection: unknown, name: string): IDataObject[] {
	const values = (collection as IDataObject | undefined)?.[name];
	return Array.isArray(values) ? (values as IDataObject[]) : [];
}

/** "a, b" or a list from an expression. */
function list(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Numbers of the form as exact decimal text; JavaScript writes its shortest form, which is what was typed. */
function decimal(value: unknown): string | undefined {
	return value === undefined || value === null || value === '' ? undefined : String(value);
}

function text(value: unknown): string | undefined {
	const trimmed = String(value ?? '').trim();
	return trimmed === '' ? undefined : trimmed;
}

function given(fields: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	) as IDataObject;
}

/** A field that the form does not show has no value; the default of the programme counts then. */
function number(value: unknown): unknown {
	return value === '' || value === null ? undefined : value;
}
