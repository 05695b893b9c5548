import { refusal, success, type Result } from '../../result';
import { murmur3 } from './murmur3';
import { utf8 } from './utf8';

/** The two sides of a campaign: those who get it, and those who are left alone to compare with. */
export type CampaignGroup = 'treated' | 'holdout';

export interface HoldoutPlan {
	/** Name of the campaign. Another name deals the customers out anew. */
	readonly seed: string;
	/** Share of customers who are left alone, above 0 and below 1. */
	readonly share: number;
}

/**
 * Whether a customer gets the campaign or is held out, decided by a hash of seed and customer alone.
 *
 * The same seed and customer give the same group on every run and machine, whatever other customers
 * there are; a larger share keeps everybody who was held out before in the holdout.
 *
 * @param customer id or e-mail; spaces around it and upper case do not matter
 * @returns the group, or a refusal (`holdout.seed`, `holdout.share`, `holdout.customer`)
 */
export function assignHoldout(customer: string, plan: HoldoutPlan): Result<CampaignGroup> {
	if (plan.seed.trim() === '') {
		return refusal('holdout.seed', 'The campaign has no name, so no stable holdout can be drawn.');
	}
	if (!(plan.share > 0 && plan.share < 1)) {
		return refusal(
			'holdout.share',
			`The holdout share is ${plan.share}. It must be above 0 and below 1, for example 0.1 for 10 %.`,
		);
	}
	const name = customer.trim().toLowerCase();
	if (name === '') {
		return refusal('holdout.customer', 'A customer without id or e-mail cannot be assigned.');
	}
	return success(holdoutPosition(name, plan.seed.trim()) < plan.share ? 'holdout' : 'treated');
}

/**
 * Where the customer stands between 0 (inclusive) and 1 (exclusive) under this seed; uniform over
 * customers, independent between seeds. The seed is hashed first and its hash starts the customer's,
 * so that "a" + "bc" and "ab" + "c" are different.
 */
function holdoutPosition(name: string, seed: string): number {
	return murmur3(utf8(name), murmur3(utf8(seed), 0)) / 2 ** 32;
}
