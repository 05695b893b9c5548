import { SHIPPING_LINE, type BreakdownLine, type EarnLine } from '../ledger';
import {
	addRatio,
	fractionText,
	isRoundable,
	multiplyRatio,
	ONE,
	ratio,
	roundRatio,
	ZERO,
	type Ratio,
} from '../money';
import type { PreparedProgram, PreparedRule, PreparedTier } from '../program';
import { refusal, success, type Result } from '../result';
import type { LineBasis, OrderBasis } from './basis';
import { holds, type OrderCircumstances } from './condition';
import { coversLine, type Specificity } from './scope';

/** What an order earns, and why. */
export interface Earned {
	readonly points: number;
	/** The part that follows the goods. */
	readonly proportional: number;
	/** Bonuses for the order as such. */
	readonly fixed: number;
	readonly lines: readonly EarnLine[];
	readonly breakdown: readonly BreakdownLine[];
}

/**
 * The points of an order (rules 12 and 13).
 *
 * Each line is claimed by the most specific scope among the amount rules that cover it: so a product's own rule, be it a rate of
 * zero, stands against every campaign for the whole order. Of the rules then left on a line one marked exclusive wins alone,
 * by priority (an exclusive multiplier multiplies what is not exclusive); otherwise amounts add up and multipliers multiply. The tier's multiplier is the member's,
 * not a rule, and always applies. Points per order are fixed bonuses that nothing multiplies. Everything is exact until the one
 * rounding at the end, in the programme's mode.
 *
 * `rate` turns minor units of the order's currency into the programme's. Refuses `tooManyPoints` beyond 2^53 - 1.
 */
export function earn(
	basis: OrderBasis,
	rate: Ratio,
	circumstances: OrderCircumstances,
	tier: PreparedTier | null,
	program: PreparedProgram,
): Result<Earned> {
	const rules = program.rules.filter((rule) =>
		holds(rule, circumstances, program.program.timeZone),
	);
	const tally = new Tally();
	const tierFactor = tier?.multiplier ?? ONE;
	let sum = ZERO;
	const lines: EarnLine[] = [];
	for (const line of basis.lines) {
		const points = multiplyRatio(linePoints(line, rules, rate, tally), tierFactor);
		sum = addRatio(sum, points);
		lines.push({ id: line.line.id, gross: line.gross, share: fractionText(points) });
	}
	if (basis.shipping > 0) {
		const points = multiplyRatio(shippingPoints(basis.shipping, rules, rate, tally), tierFactor);
		sum = addRatio(sum, points);
		const gross = basis.paid - basis.lines.reduce((total, line) => total + line.gross, 0);
		lines.push({ id: SHIPPING_LINE, gross, share: fractionText(points) });
	}
	const bonuses = orderBonuses(rules, basis, tally);
	const total = addRatio(sum, bonuses);
	if (!isRoundable(total))
		return refusal(
			'tooManyPoints',
			'The order would earn more points than can be counted. Check the earning rules.',
		);
	if (tier !== null && sum.num > 0n && (tierFactor.num !== 1n || tierFactor.den !== 1n))
		tally.multiplied(`tier:${tier.level.id}`, `${tier.level.name} multiplier`, tierFactor);
	const points = roundRatio(total, program.program.earning.rounding);
	const fixed = Math.min(points, roundRatio(bonuses, 'floor'));
	return success({ points, proportional: points - fixed, fixed, lines, breakdown: tally.lines() });
}

const RANK: Record<Specificity, number> = { order: 1, category: 2, product: 3 };

interface Match {
	readonly rule: PreparedRule;
	readonly rank: number;
}

function linePoints(
	line: LineBasis,
	rules: readonly PreparedRule[],
	rate: Ratio,
	tally: Tally,
): Ratio {
	const matches: Match[] = [];
	for (const rule of rules) {
		if (rule.rule.kind === 'perOrder') continue;
		const specificity = coversLine(rule.scope, line.line);
		if (specificity !== null) matches.push({ rule, rank: RANK[specificity] });
	}
	return combined(matches, tally, (rule) => amountOf(rule, line, rate));
}

function shippingPoints(
	amount: number,
	rules: readonly PreparedRule[],
	rate: Ratio,
	tally: Tally,
): Ratio {
	const matches = rules
		.filter(
			(rule) =>
				rule.scope.isWholeOrder &&
				(rule.rule.kind === 'perAmount' || rule.rule.kind === 'multiplier'),
		)
		.map((rule) => ({ rule, rank: RANK.order }));
	return combined(matches, tally, (rule) =>
		multiplyRatio(multiplyRatio(ratio(amount), rate), rule.rate),
	);
}

function combined(
	matches: readonly Match[],
	tally: Tally,
	amount: (rule: PreparedRule) => Ratio,
): Ratio {
	let multipliers = matches.filter((match) => match.rule.rule.kind === 'multiplier');
	const allAmounts = matches.filter((match) => match.rule.rule.kind !== 'multiplier');
	const claimedBy = allAmounts.reduce((rank, match) => Math.max(rank, match.rank), 0);
	let amounts = allAmounts.filter((match) => match.rank === claimedBy);
	const exclusive = winner(
		[...amounts, ...multipliers].filter((match) => match.rule.rule.exclusive),
	);
	if (exclusive?.rule.rule.kind === 'multiplier') {
		multipliers = [exclusive];
		amounts = amounts.filter((match) => !match.rule.rule.exclusive);
	} else if (exclusive !== undefined) {
		multipliers = [];
		amounts = [exclusive];
	}
	let points = ZERO;
	for (const { rule } of amounts) {
		const added = amount(rule);
		points = addRatio(points, added);
		tally.added(rule, added);
	}
	if (points.num === 0n) return points;
	for (const { rule } of multipliers) {
		points = multiplyRatio(points, rule.rate);
		tally.multiplied(rule.rule.id, rule.rule.name, rule.rate);
	}
	return points;
}

function winner(matches: readonly Match[]): Match | undefined {
	let best: Match | undefined;
	for (const match of matches)
		if (best === undefined || match.rule.rule.priority > best.rule.rule.priority) best = match;
	return best;
}

function amountOf(rule: PreparedRule, { line, amount }: LineBasis, rate: Ratio): Ratio {
	if (rule.rule.kind === 'perAmount') {
		const basis = rate === ONE ? ratio(amount) : multiplyRatio(ratio(amount), rate);
		return multiplyRatio(basis, rule.rate);
	}
	// What does not count in money (excluded, given away, paid by gift card) earns nothing by the piece either.
	if (amount <= 0) return ZERO;
	return rule.rule.kind === 'perUnit'
		? multiplyRatio(ratio(Math.trunc(line.quantity)), rule.rate)
		: rule.rate;
}

/** Points per order: whole-order rules always, others when a line of the order is in their scope and counts. */
function orderBonuses(rules: readonly PreparedRule[], basis: OrderBasis, tally: Tally): Ratio {
	if (basis.total <= 0) return ZERO;
	const matches = rules
		.filter((rule) => rule.rule.kind === 'perOrder')
		.filter((rule) =>
			basis.lines.some((line) => line.amount > 0 && coversLine(rule.scope, line.line) !== null),
		)
		.map((rule) => ({ rule, rank: 0 }));
	const exclusive = winner(matches.filter((match) => match.rule.rule.exclusive));
	let points = ZERO;
	for (const { rule } of exclusive === undefined ? matches : [exclusive]) {
		points = addRatio(points, rule.rate);
		tally.bonus(rule);
	}
	return points;
}

/** Collects the why, one line a rule. */
class Tally {
	private readonly amounts = new Map<
		string,
		{ name: string; points: Ratio; effect: 'add' | 'bonus' }
	>();
	private readonly factors = new Map<string, { name: string; factor: Ratio }>();

	added({ rule }: PreparedRule, points: Ratio): void {
		const known = this.amounts.get(rule.id);
		this.amounts.set(rule.id, {
			name: rule.name,
			points: known === undefined ? points : addRatio(known.points, points),
			effect: 'add',
		});
	}

	bonus({ rule, rate }: PreparedRule): void {
		this.amounts.set(rule.id, { name: rule.name, points: rate, effect: 'bonus' });
	}

	multiplied(id: string, name: string, factor: Ratio): void {
		this.factors.set(id, { name, factor });
	}

	lines(): BreakdownLine[] {
		return [
			...[...this.amounts].map(([rule, { name, points, effect }]) => ({
				rule,
				name,
				exact: fractionText(points),
				effect,
			})),
			...[...this.factors].map(([rule, { name, factor }]) => ({
				rule,
				name,
				exact: fractionText(factor),
				effect: 'multiply' as const,
			})),
		];
	}
}
