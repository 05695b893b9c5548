/** The ten segments that marketing knows from RFM, best first. */
export const SEGMENT_NAMES = [
	'Champions',
	'Loyal Customers',
	'Potential Loyalists',
	'New Customers',
	'Promising',
	'Need Attention',
	'About to Sleep',
	"Can't Lose Them",
	'At Risk',
	'Hibernating',
] as const;

export type SegmentName = (typeof SEGMENT_NAMES)[number];

/**
 * Rows: recency 1 to 5. Columns: frequency 1 to 5. The usual partition of the recency-frequency grid:
 * every cell has one name, so no customer is in two segments or in none.
 */
const GRID: ReadonlyArray<readonly SegmentName[]> = [
	['Hibernating', 'Hibernating', 'At Risk', 'At Risk', "Can't Lose Them"],
	['Hibernating', 'Hibernating', 'At Risk', 'At Risk', "Can't Lose Them"],
	['About to Sleep', 'About to Sleep', 'Need Attention', 'Loyal Customers', 'Loyal Customers'],
	['Promising', 'Potential Loyalists', 'Potential Loyalists', 'Loyal Customers', 'Loyal Customers'],
	['New Customers', 'Potential Loyalists', 'Potential Loyalists', 'Champions', 'Champions'],
];

/** The segment of a recency and a frequency score, each 1 to 5. */
export function segmentName(recency: number, frequency: number): SegmentName {
	return GRID[recency - 1][frequency - 1];
}

const ADVICE: Readonly<Record<SegmentName, string>> = {
	Champions: 'Thank them, show new things first, ask for a review or a friend.',
	'Loyal Customers': 'Reward them and offer what goes with what they buy.',
	'Potential Loyalists': 'Invite them to the programme and suggest a next product.',
	'New Customers': 'Welcome them and help with the first purchase; do not discount yet.',
	Promising: 'Remind them of the shop with something useful.',
	'Need Attention': 'Make a personal suggestion while they still remember the shop.',
	'About to Sleep': 'Show what is new or popular before they forget the shop.',
	"Can't Lose Them": 'Get in touch in person: they bought often and have gone silent.',
	'At Risk': 'Win them back with a service or a personal message rather than a discount.',
	Hibernating: 'Spend little on them: a rare reminder, or none.',
};

/** What a shop can do for a segment, in one sentence. */
export function segmentAdvice(segment: SegmentName): string {
	return ADVICE[segment];
}
