import {
	addRatio,
	compareRatio,
	divideRatio,
	fraction,
	multiplyRatio,
	ONE,
	ratio,
	roundRatio,
	signOf,
	ZERO,
	type Ratio,
} from '../money';
import type { RefundLine } from '../event';
import { SHIPPING_LINE, type EarnFacts, type Row } from './entry';
import type { Lot } from './lot';

export type RefundRow = Row & { kind: 'refund' };

/** One order with all that was said about it, in whatever order it was said. */
export interface OrderAccount {
	readonly ref: string;
	earn: (Row & { kind: 'earn' }) | null;
	lot: Lot | null;
	readonly refunds: RefundRow[];
	cancel: (Row & { kind: 'cancel' }) | null;
	fulfil: (Row & { kind: 'fulfil' }) | null;
	/** What all refunds and the cancellation gave back by now; null while there are none, or nobody's points depend on it. */
	back: GivenBack | null;
	/** What refunds and cancellations took so far, from lots of any state or as a debt. */
	taken: number;
	/** What they would have taken, had the points not been spent. */
	uncollected: number;
}

export function openAccount(ref: string): OrderAccount {
	return {
		ref,
		earn: null,
		lot: null,
		refunds: [],
		cancel: null,
		fulfil: null,
		back: null,
		taken: 0,
		uncollected: 0,
	};
}

/** How much of an order has been given back. */
export interface GivenBack {
	/** Share of the points that follow the goods. */
	readonly points: Ratio;
	/** Share of the money. */
	readonly money: Ratio;
	readonly everything: boolean;
}

const NOTHING: GivenBack = { points: ZERO, money: ZERO, everything: false };
const EVERYTHING: GivenBack = { points: ONE, money: ONE, everything: true };

/**
 * What a set of refunds and a cancellation, together, gave back of an order (rule 22): independent of their order and of
 * when the order itself became known.
 *
 * A refund that names lines takes those lines' own points; money without a line spreads over the order by value.
 * Everything is back when the order was cancelled, or when what was paid for goods has been paid back. Refunds in another
 * currency than the order's cannot be compared and count for nothing.
 */
export function givenBack(
	facts: EarnFacts,
	refunds: readonly RefundRow[],
	isCancelled: boolean,
): GivenBack {
	if (isCancelled) return EVERYTHING;
	const counted = refunds.filter((refund) => refund.facts.currency === facts.currency);
	const money = counted.reduce((sum, refund) => sum + countedMoney(facts, refund), 0);
	if (money <= 0) return NOTHING;
	if (money >= facts.goodsPaid) return EVERYTHING;
	return {
		points: pointsShare(facts, counted),
		money: ratio(money, facts.goodsPaid),
		everything: false,
	};
}

/** Money paid back for what counted: shipping only where it earned. */
function countedMoney(facts: EarnFacts, { facts: refund }: RefundRow): number {
	return Math.max(0, refund.amount - (shippingCounts(facts) ? 0 : refund.shipping));
}

function namedLines(facts: EarnFacts, { facts: refund }: RefundRow): readonly RefundLine[] {
	return shippingCounts(facts) && refund.shipping > 0
		? [...refund.lines, { lineId: SHIPPING_LINE, quantity: 1, amount: refund.shipping }]
		: refund.lines;
}

function shippingCounts(facts: EarnFacts): boolean {
	return facts.lines.some((line) => line.id === SHIPPING_LINE);
}

function pointsShare(facts: EarnFacts, refunds: readonly RefundRow[]): Ratio {
	if (facts.proportional === 0) return ZERO;
	const byLine = new Map<string, Ratio>();
	let loose = ZERO;
	for (const refund of refunds) {
		const lines = namedLines(facts, refund);
		const named = lines.reduce((sum, line) => sum + line.amount, 0);
		const paid = countedMoney(facts, refund);
		// Where less was paid back than the lines are worth (a restocking fee), each line counts for its part of the payment.
		const part = named > paid ? ratio(paid, named) : ONE;
		for (const line of lines) {
			const amount = multiplyRatio(ratio(line.amount), part);
			if (facts.lines.some((known) => known.id === line.lineId))
				byLine.set(line.lineId, addRatio(byLine.get(line.lineId) ?? ZERO, amount));
			else loose = addRatio(loose, amount);
		}
		if (paid > named) loose = addRatio(loose, ratio(paid - named));
	}
	const looseShare = multiplyRatio(loose, ratio(1, facts.goodsPaid));
	return atMostOne(
		byLine.size === 0 ? looseShare : addRatio(looseShare, shareOfLines(facts, byLine)),
	);
}

/** Of the points that follow the goods, the part of lines of which so much money was paid back. */
function shareOfLines(facts: EarnFacts, paidBack: ReadonlyMap<string, Ratio>): Ratio {
	let total = ZERO;
	let back = ZERO;
	for (const line of facts.lines) {
		const points = fraction(line.share);
		total = addRatio(total, points);
		const money = paidBack.get(line.id);
		if (money === undefined || line.gross <= 0) continue;
		const ofLine = atMostOne(multiplyRatio(money, ratio(1, line.gross)));
		back = addRatio(back, multiplyRatio(ofLine, points));
	}
	return signOf(total) === 0 ? ZERO : divideRatio(back, total);
}

/** Points to have taken back by now, of those that follow the goods and of fixed bonuses. */
export function pointsToTakeBack(facts: EarnFacts, back: GivenBack): number {
	if (back.everything) return facts.proportional + facts.fixed;
	return roundRatio(multiplyRatio(ratio(facts.proportional), back.points), 'halfUp');
}

/** Qualifying spend to have taken back by now, minor units of the programme's currency. */
export function spendToTakeBack(facts: EarnFacts, back: GivenBack): number {
	return back.everything
		? facts.basis
		: roundRatio(multiplyRatio(ratio(facts.basis), back.money), 'halfUp');
}

function atMostOne(value: Ratio): Ratio {
	return compareRatio(value, ONE) > 0 ? ONE : value;
}
