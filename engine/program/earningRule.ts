import { z } from 'zod/v4';

import { decimal, identifier, identifiers, label, wholeNumber } from './fields';

/** Products an owner names; an empty scope means the whole order. */
export const scope = z
	.object({
		products: identifiers,
		skus: identifiers,
		categories: identifiers,
		tags: identifiers,
	})
	.prefault({});

const calendarDate = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-12-24')
	.nullable()
	.default(null);

const clockTime = z
	.string()
	.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 17:30')
	.nullable()
	.default(null);

/** Circumstances under which a rule counts; all that are stated must hold. Dates and times are the programme's zone. */
export const condition = z
	.object({
		from: calendarDate,
		/** Last day on which the rule counts. */
		until: calendarDate,
		/** 1 is Monday, 7 is Sunday; empty means every day. Hours past midnight belong to the day on which they began. */
		weekdays: z.array(wholeNumber(1, 7)).max(7).default([]),
		startTime: clockTime,
		/** First minute at which the rule no longer counts; before `startTime` it means past midnight. */
		endTime: clockTime,
		channels: identifiers,
		tiers: identifiers,
		/** Smallest basis of the order, in the programme's currency. */
		minimumBasis: decimal({ atLeast: '0' }).default('0'),
		/** 0 means any order; 1 the member's first, 5 the fifth. */
		nthOrder: wholeNumber(0, 1_000_000).default(0),
		/** Whether also every further multiple of `nthOrder` counts. */
		everyNthOrder: z.boolean().default(false),
		/** Only members who joined at most so many days before the order; 0 means all. */
		newMemberDays: wholeNumber(0, 36500).default(0),
	})
	.prefault({});

/**
 * One way to earn (rule 12).
 * - `perAmount`: `points` for every `per` currency units of a line's basis, in proportion, before rounding;
 * - `perUnit`: `points` for every piece of a line; `perLine`: for every line;
 * - `perOrder`: a fixed bonus for the order, which no multiplier touches and only a full refund takes back;
 * - `multiplier`: multiplies what the other rules give a line by `factor`.
 */
export const earningRule = z.object({
	id: identifier,
	name: label,
	kind: z.enum(['perAmount', 'perUnit', 'perLine', 'perOrder', 'multiplier']).default('perAmount'),
	points: decimal({ atLeast: '0', atMost: '1000000000' }).default('1'),
	per: decimal({ above: '0' }).default('1'),
	factor: decimal({ atLeast: '0', atMost: '1000' }).default('2'),
	exclusive: z.boolean().default(false),
	/** Among exclusive rules the highest wins; ties go to the rule listed first. */
	priority: wholeNumber(-1000, 1000).default(0),
	scope,
	when: condition,
});

export type EarningRule = z.output<typeof earningRule>;
export type Scope = z.output<typeof scope>;
export type Condition = z.output<typeof condition>;

/** Goods that never earn, whatever the rules say. */
export const exclusions = scope;
