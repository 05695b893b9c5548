import { z } from 'zod/v4';

import { decimal, identifier, label, wholeNumber } from './fields';

/** A level members can reach (rules 31 to 33). */
export const tierLevel = z.object({
	id: identifier,
	name: label,
	/** Spend in the programme's currency, or a number of orders or points, by the ladder's metric. */
	threshold: decimal({ atLeast: '0' }),
	multiplier: decimal({ above: '0', atMost: '1000' }).default('1'),
	perks: z.array(label).max(50).default([]),
	/** Points given once when a member first reaches the tier. */
	entryBonus: wholeNumber(0, 1_000_000_000).default(0),
	color: z
		.string()
		.regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #c0a030')
		.nullable()
		.default(null),
});

export const tiers = z
	.object({
		metric: z.enum(['spend', 'orders', 'points']).default('spend'),
		window: z.enum(['rolling', 'calendarYear', 'membershipYear', 'lifetime']).default('rolling'),
		/** Length of the rolling window. */
		months: wholeNumber(1, 120).default(12),
		/** How long a member keeps a tier after the first review that finds them below it. */
		graceDays: wholeNumber(0, 3650).default(30),
		down: z.enum(['oneAtATime', 'straight']).default('oneAtATime'),
		/** From the lowest to the highest; members below the first have no tier. */
		levels: z.array(tierLevel).max(30).default([]),
	})
	.prefault({});

export type TierLevel = z.output<typeof tierLevel>;
export type Tiers = z.output<typeof tiers>;
