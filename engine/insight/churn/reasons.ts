import type { CustomerSummaries } from '../types';

/** What the reasons are made of, one entry a customer. */
export interface ReasonColumns {
	readonly summaries: CustomerSummaries;
	readonly risk: Float64Array;
	readonly pAlive: Float64Array;
	readonly daysSinceLast: Float64Array;
	readonly rhythmDays: Float64Array;
	readonly typicalRhythm: number;
}

interface Reason {
	readonly text: string;
	/** Above 0 speaks for leaving, below 0 for staying; the larger, the weightier. */
	readonly weight: number;
}

const MOST_REASONS = 3;
/** A customer with this many orders has a habit worth naming. */
const MANY_ORDERS = 5;

/** Up to three reasons for a customer's risk, those that speak for it first, in plain words. */
export function reasonsFor(columns: ReasonColumns, i: number): readonly string[] {
	const reasons = [
		...rhythmReasons(columns, i),
		...orderReasons(columns, i),
		...aliveReasons(columns, i),
	];
	const leaving =
		columns.risk[i] >= 0.5 || (Number.isNaN(columns.risk[i]) && isOverdue(columns, i));
	const pull = (reason: Reason) => (leaving ? reason.weight : -reason.weight);
	return reasons
		.sort((left, right) => pull(right) - pull(left))
		.slice(0, MOST_REASONS)
		.map(({ text }) => text);
}

function isOverdue({ daysSinceLast, rhythmDays }: ReasonColumns, i: number): boolean {
	return daysSinceLast[i] > rhythmDays[i];
}

function rhythmReasons(columns: ReasonColumns, i: number): Reason[] {
	const { rhythmDays, daysSinceLast, typicalRhythm, summaries } = columns;
	const silence = daysSinceLast[i];
	if (summaries.x[i] > 0) {
		const rhythm = Math.max(1, Math.round(rhythmDays[i]));
		const every = rhythm === 1 ? 'every day' : `every ${rhythm} days`;
		const usual =
			summaries.x[i] === 1 ? `came back after ${days(rhythm)}` : `usually buys ${every}`;
		return [
			{
				text: `${usual}, ${silence === 0 ? 'bought today' : `silent for ${silence}`}`,
				weight: 2 * Math.log((silence + 1) / (rhythm + 1)),
			},
		];
	}
	if (Number.isNaN(typicalRhythm)) return [];
	const typical = Math.max(1, Math.round(typicalRhythm));
	return [
		{
			text:
				silence > typical
					? `customers who come back usually do so after ${days(typical)}, this one has not for ${silence}`
					: `customers who come back usually do so after ${days(typical)}, only ${silence} have passed`,
			weight: Math.log((silence + 1) / (typical + 1)),
		},
	];
}

function orderReasons({ summaries, daysSinceLast }: ReasonColumns, i: number): Reason[] {
	const purchases = summaries.x[i] + 1;
	if (purchases === 1) {
		const when = daysSinceLast[i] === 0 ? 'today' : `${days(daysSinceLast[i])} ago`;
		return [{ text: `bought only once, ${when}`, weight: 1.2 }];
	}
	if (purchases < MANY_ORDERS) return [];
	return [
		{
			text: `has bought on ${purchases} days so far`,
			weight: -Math.log(purchases / MANY_ORDERS) - 0.5,
		},
	];
}

function aliveReasons({ pAlive }: ReasonColumns, i: number): Reason[] {
	const alive = pAlive[i];
	if (Number.isNaN(alive)) return [];
	if (alive < 0.4) {
		return [
			{
				text: `by the purchase model, still a customer with only ${percent(alive)}`,
				weight: 2 * (0.5 - alive),
			},
		];
	}
	if (alive > 0.8) {
		return [
			{ text: `by the purchase model, still a customer with ${percent(alive)}`, weight: -alive },
		];
	}
	return [];
}

function days(count: number): string {
	return count === 1 ? '1 day' : `${count} days`;
}

function percent(share: number): string {
	return share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`;
}
