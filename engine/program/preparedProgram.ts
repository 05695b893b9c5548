import { plainStatus } from '../event';
import { divideRatio, fractionText, parseMinor, parseRatio, ratio, type Ratio } from '../money';
import { addDays, parseInstant, startOf } from '../time';
import { thresholdOf } from './checkProgram';
import type { EarningRule, Scope } from './earningRule';
import { folded } from './folded';
import type { Program, PublishedProgram } from './program';
import type { TierLevel } from './tiers';

/** A published programme with its decimals parsed and its lists made searchable: what decisions work with. */
export interface PreparedProgram {
	readonly version: number;
	readonly publishedAt: string;
	readonly program: Program;
	readonly rules: readonly PreparedRule[];
	readonly exclusions: PreparedScope;
	/** From the lowest to the highest. */
	readonly tiers: readonly PreparedTier[];
	/** Minor units of the programme's currency that `redemption.points` are worth. */
	readonly redemptionWorth: number;
	readonly maxShareOfBasket: Ratio;
	readonly rates: ReadonlyMap<string, Ratio>;
	readonly paidStatuses: ReadonlySet<string>;
}

export interface PreparedRule {
	readonly rule: EarningRule;
	readonly scope: PreparedScope;
	/** Whether it counts for every order: nothing is stated under `when`. */
	readonly isUnconditional: boolean;
	/** Points per minor unit for `perAmount`, points each for the other kinds, the factor for `multiplier`. */
	readonly rate: Ratio;
	/** `rate` in words, for the breakdown. */
	readonly rateText: string;
	/** Minor units of the programme's currency. */
	readonly minimumBasis: number;
	readonly from: string | null;
	/** The first instant at which the rule no longer counts. */
	readonly endsAt: string | null;
	readonly startMinute: number | null;
	readonly endMinute: number | null;
	readonly weekdays: ReadonlySet<number>;
	readonly channels: ReadonlySet<string>;
	readonly tiers: ReadonlySet<string>;
}

export interface PreparedScope {
	readonly isWholeOrder: boolean;
	readonly products: ReadonlySet<string>;
	readonly skus: ReadonlySet<string>;
	readonly categories: ReadonlySet<string>;
	readonly tags: ReadonlySet<string>;
}

export interface PreparedTier {
	readonly level: TierLevel;
	/** 1 is the lowest; 0 means no tier. */
	readonly rank: number;
	/** In the unit of the ladder's metric: minor units, orders or points. */
	readonly threshold: number;
	readonly multiplier: Ratio;
	/** `multiplier` in words, for the breakdown. */
	readonly multiplierText: string;
}

/**
 * Parses what a published programme says in text. The document must have passed `checkProgram`: a decimal that cannot be
 * read is a fault of the caller and throws a RangeError.
 */
export function prepareProgram(published: PublishedProgram): PreparedProgram {
	const { program } = published;
	return {
		version: published.version,
		publishedAt: published.publishedAt,
		program,
		rules: program.earning.rules.map((rule) => prepareRule(rule, program)),
		exclusions: prepareScope(program.earning.exclusions),
		tiers: program.tiers.levels.map((level, index) => prepareTier(level, index + 1, program)),
		redemptionWorth: minor(program.redemption.worth, program.currency),
		maxShareOfBasket: exact(program.redemption.maxShareOfBasket),
		rates: new Map(program.currencyRates.map(({ currency, rate }) => [currency, exact(rate)])),
		paidStatuses: new Set(program.paidStatuses.map(plainStatus)),
	};
}

function prepareTier(level: TierLevel, rank: number, { tiers, currency }: Program): PreparedTier {
	const multiplier = exact(level.multiplier);
	return {
		level,
		rank,
		threshold: thresholdOf(level.threshold, tiers.metric, currency) ?? unreadable(level.threshold),
		multiplier,
		multiplierText: fractionText(multiplier),
	};
}

function prepareRule(rule: EarningRule, program: Program): PreparedRule {
	const { when } = rule;
	const rate = rateOf(rule, program.currency);
	return {
		rule,
		scope: prepareScope(rule.scope),
		isUnconditional: isUnconditional(rule),
		rate,
		rateText: fractionText(rate),
		minimumBasis: minor(when.minimumBasis, program.currency),
		from: when.from === null ? null : dayStart(when.from, program.timeZone),
		endsAt: when.until === null ? null : dayEnd(when.until, program.timeZone),
		startMinute: minuteOf(when.startTime),
		endMinute: minuteOf(when.endTime),
		weekdays: new Set(when.weekdays),
		channels: new Set(when.channels.map(folded)),
		tiers: new Set(when.tiers),
	};
}

function isUnconditional({ when }: EarningRule): boolean {
	return Object.values(when).every((stated) =>
		Array.isArray(stated) ? stated.length === 0 : NOTHING_STATED.has(stated),
	);
}

/** What a condition holds that nobody has filled in. */
const NOTHING_STATED: ReadonlySet<unknown> = new Set([null, '0', 0, false]);

function rateOf(rule: EarningRule, currency: string): Ratio {
	if (rule.kind === 'multiplier') return exact(rule.factor);
	const points = exact(rule.points);
	if (rule.kind !== 'perAmount') return points;
	return divideRatio(points, ratio(minor(rule.per, currency)));
}

function prepareScope(scope: Scope): PreparedScope {
	const products = new Set(scope.products.map(folded));
	const skus = new Set(scope.skus.map(folded));
	const categories = new Set(scope.categories.map(folded));
	const tags = new Set(scope.tags.map(folded));
	return {
		isWholeOrder: products.size + skus.size + categories.size + tags.size === 0,
		products,
		skus,
		categories,
		tags,
	};
}

function minuteOf(time: string | null): number | null {
	return time === null ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function dayStart(date: string, zone: string): string {
	const instant = parseInstant(`${date}T00:00:00`, zone);
	return instant.ok ? instant.value : unreadable(date);
}

/** Some zones change their clocks at midnight, so a day may begin at one and must not make the day before longer. */
function dayEnd(date: string, zone: string): string {
	return startOf(addDays(dayStart(date, zone), 1, zone), 'day', zone);
}

function minor(amount: string, currency: string): number {
	const parsed = parseMinor(amount, currency);
	return parsed.ok ? parsed.value : unreadable(amount);
}

function exact(decimal: string): Ratio {
	const parsed = parseRatio(decimal);
	return parsed.ok ? parsed.value : unreadable(decimal);
}

function unreadable(text: string): never {
	throw new RangeError(`The programme was used before it was checked: "${text}" cannot be read`);
}
