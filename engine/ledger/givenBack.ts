import type { RefundLine } from '../event';
import {
	addRatio,
	compareRatio,
	divideRatio,
	fraction,
	multiplyByWhole,
	multiplyRatio,
	ONE,
	ratio,
	roundRatio,
	signOf,
	ZERO,
	type Ratio,
} from '../money';
import { SHIPPING_LINE, type EarnFacts, type EarnLine, type Row } from './entry';

export type RefundRow = Row & { kind: 'refund' };

/** How much of an order has been given back. */
export interface GivenBack {
	/** Whether the order was cancelled, or all that was paid for goods has been paid back. */
	readonly everything: boolean;
	/** Share of the money. */
	readonly money: Ratio;
	/** Points to have taken back by now: of those that follow the goods, and once everything is back of the fixed bonuses. */
	readonly points: number;
	/** Qualifying spend to have taken back by now, minor units of the programme's currency. */
	readonly spend: number;
}

const NOTHING: GivenBack = { everything: false, money: ZERO, points: 0, spend: 0 };

/**
 * What a set of refunds and a cancellation, together, gave back of an order (rule 22): independent of their order and of
 * when the order itself became known.
 *
 * A refund that names lines takes those lines' own points, none for lines that the order did not have when it was counted; money
 * without a line spreads over the order by value. What goes back to a gift card that paid is no money.
 * Refunds in another currency than the order's cannot be compared and count for nothing.
 */
export function givenBack(
	facts: EarnFacts,
	refunds: readonly RefundRow[],
	isCancelled: boolean,
): GivenBack {
	if (isCancelled) return everythingOf(facts);
	const paidBack = paidBackOf(facts, refunds);
	if (paidBack.money <= 0) return NOTHING;
	if (paidBack.money >= facts.goodsPaid) return everythingOf(facts);
	return {
		everything: false,
		money: ratio(paidBack.money, facts.goodsPaid),
		points: part(facts.proportional, facts, paidBack, ({ share }) => fraction(share)),
		spend: part(facts.basis, facts, paidBack, ({ basis }) => ratio(basis)),
	};
}

function everythingOf({ proportional, fixed, basis }: EarnFacts): GivenBack {
	return { everything: true, money: ONE, points: proportional + fixed, spend: basis };
}

/** Money paid back for what counted: shipping only where it earned. */
function moneyBack({ facts }: RefundRow, countsShipping: boolean): number {
	return Math.max(0, facts.amount - (countsShipping ? 0 : facts.shipping));
}

function namedLines({ facts }: RefundRow, countsShipping: boolean): readonly RefundLine[] {
	return countsShipping && facts.shipping > 0
		? [...facts.lines, { lineId: SHIPPING_LINE, quantity: 1, amount: facts.shipping }]
		: facts.lines;
}

/** Money paid back for what counted, minor units of the order's currency. */
interface PaidBack {
	readonly money: number;
	/** Of it, what was paid back for each line. */
	readonly byLine: ReadonlyMap<string, Ratio> | null;
	/** Of it, what was paid back for no line in particular. */
	readonly loose: number;
}

function paidBackOf(facts: EarnFacts, refunds: readonly RefundRow[]): PaidBack {
	const countsShipping = facts.lines.some((line) => line.id === SHIPPING_LINE);
	let byLine: Map<string, Ratio> | null = null;
	let money = 0;
	let loose = 0;
	let creditLeft = facts.creditPaid ?? 0;
	for (const refund of creditLeft > 0 ? [...refunds].sort(byKey) : refunds) {
		if (refund.facts.currency !== facts.currency) continue;
		const lines = namedLines(refund, countsShipping);
		// What goes back to the gift card that paid did not count as money; a refund in store credit beyond that did.
		const credit = Math.min(creditLeft, refund.facts.credit ?? 0);
		creditLeft -= credit;
		const paid = Math.max(0, moneyBack(refund, countsShipping) - credit);
		const named = lines.reduce((sum, line) => sum + line.amount, 0);
		// Where less was paid back than the lines are worth (a restocking fee), each line counts for its part of the payment.
		const paidPart = named > paid ? ratio(paid, named) : ONE;
		money += paid;
		for (const { lineId, amount } of lines) {
			const back = multiplyByWhole(paidPart, amount);
			if (facts.lines.some((line) => line.id === lineId)) {
				byLine ??= new Map();
				byLine.set(lineId, addRatio(byLine.get(lineId) ?? ZERO, back));
			} else {
				// It was added to the order after that had been counted, so it neither earned nor takes anything (rule 21).
				money -= roundRatio(back, 'floor');
			}
		}
		if (paid > named) loose += paid - named;
	}
	return { money, byLine, loose };
}

function byKey(a: RefundRow, b: RefundRow): number {
	return a.key < b.key ? -1 : 1;
}

/**
 * Of a whole that the lines of an order share by weight (its points, its qualifying spend), the part that follows what was paid
 * back: a line's own part for money paid back for it, everybody's for other money. Never more than the whole.
 */
function part(
	whole: number,
	{ lines, goodsPaid }: EarnFacts,
	{ byLine, loose }: PaidBack,
	weightOf: (line: EarnLine) => Ratio,
): number {
	if (whole === 0) return 0;
	let total = ZERO;
	let back = ZERO;
	if (byLine !== null) {
		for (const line of lines) {
			const weight = weightOf(line);
			total = addRatio(total, weight);
			const money = byLine.get(line.id);
			if (money === undefined || line.gross <= 0) continue;
			const ofLine = atMostOne(multiplyRatio(money, ratio(1, line.gross)));
			back = addRatio(back, multiplyRatio(ofLine, weight));
		}
	}
	const share = ratio(loose, goodsPaid);
	const ofLines = signOf(total) === 0 ? ZERO : divideRatio(back, total);
	return roundRatio(multiplyByWhole(atMostOne(addRatio(share, ofLines)), whole), 'halfUp');
}

function atMostOne(value: Ratio): Ratio {
	return compareRatio(value, ONE) > 0 ? ONE : value;
}
