/**
 * What an entry adds to, or a refund takes from, the numbers that tiers are earned by.
 * Spend in minor units of the programme's currency.
 */
export interface QualifyingMovement {
	/** When it takes effect. */
	readonly at: string;
	/** The purchase it belongs to lies here: a refund lowers the window that holds the purchase, not the one it came in. */
	readonly belongsTo: string;
	readonly spend: number;
	readonly orders: number;
	readonly points: number;
	/** Version of the programme whose ladder applies. */
	readonly programVersion: number;
}
