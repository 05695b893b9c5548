/** The customers who together make a share of the revenue. */
export interface VipGroup {
	/** Row i is a VIP. */
	readonly isVip: readonly boolean[];
	readonly count: number;
	/** Spend of the VIP with the lowest spend; 0 without VIPs. */
	readonly fromSpend: number;
	/** Share of the revenue that the group really makes; a little above the share asked for. */
	readonly revenueShare: number;
}

/**
 * The smallest group of highest spenders who make at least `share` of all spend. Equal spenders are
 * treated alike: all of those at the limit are in. Without any spend nobody is a VIP.
 *
 * @param share above 0, at most 1; 0.5 for "those who make half of the revenue"
 */
export function vipGroup(spend: ArrayLike<number>, share: number): VipGroup {
	const ordered = Float64Array.from(spend).sort().reverse();
	const total = ordered.reduce((sum, amount) => sum + amount, 0);
	if (!(total > 0)) {
		return {
			isVip: Array.from(spend, () => false),
			count: 0,
			fromSpend: 0,
			revenueShare: 0,
		};
	}
	// A share of 1 must not miss the last customer over a rounding of the sum.
	const wanted = Math.min(share, 1) * total * (1 - 1e-12);
	let reached = 0;
	let count = 0;
	while (count < ordered.length && reached < wanted) reached += ordered[count++];
	const fromSpend = ordered[count - 1];
	while (count < ordered.length && ordered[count] === fromSpend) reached += ordered[count++];
	return {
		isVip: Array.from(spend, (amount) => amount >= fromSpend),
		count,
		fromSpend,
		revenueShare: reached / total,
	};
}
