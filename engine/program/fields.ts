import { z } from 'zod/v4';

import { currencyExponent } from '../money';
import { isZone } from '../time';

/** A name people read. */
export const label = z
	.string()
	.trim()
	.min(1, 'must not be empty')
	.max(120, 'is longer than 120 characters');

/** A name programs read: product ids, SKUs, tags, statuses. */
export const identifier = z
	.string()
	.trim()
	.min(1, 'must not be empty')
	.max(200, 'is longer than 200 characters');

export const identifiers = z.array(identifier).max(2000).default([]);

export const currencyCode = z
	.string()
	.trim()
	.toUpperCase()
	.refine((code) => currencyExponent(code) !== undefined, {
		error: 'is not an ISO 4217 currency code such as EUR or USD',
	});

export const timeZone = z
	.string()
	.trim()
	.refine((name) => isZone(name), {
		error: 'is not a time zone name such as Europe/Berlin',
	});

const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/;

/**
 * An exact decimal as text, within bounds that are themselves decimals. Numbers typed without quotes are taken through
 * their shortest text, so 1.5 is "1.5".
 */
export function decimal(bounds: { above?: string; atLeast?: string; atMost?: string } = {}) {
	return z
		.union([z.string(), z.number()])
		.transform((value) => String(value).trim())
		.pipe(
			z
				.string()
				.regex(DECIMAL, 'must be a plain number such as 1.5')
				.refine((text) => bounds.above === undefined || Number(text) > Number(bounds.above), {
					error: `must be more than ${bounds.above}`,
				})
				.refine((text) => bounds.atLeast === undefined || Number(text) >= Number(bounds.atLeast), {
					error: `must be at least ${bounds.atLeast}`,
				})
				.refine((text) => bounds.atMost === undefined || Number(text) <= Number(bounds.atMost), {
					error: `must be at most ${bounds.atMost}`,
				}),
		);
}

export function wholeNumber(least: number, most: number) {
	return z.coerce
		.number({ error: 'must be a whole number' })
		.int('must be a whole number')
		.min(least, `must be at least ${least}`)
		.max(most, `must be at most ${most}`);
}
