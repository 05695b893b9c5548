import { SHIPPING_LINE, type BreakdownLine, type EarnLine } from '../ledger';
import {
	addRatio,
	fractionText,
	isRoundable,
	multiplyRatio,
	ONE,
	ratio,
	roundRatio,
	signOf,
	ZERO,
	type Ratio,
} from '../money';
import type { EarningRule, PreparedProgram, PreparedRule, PreparedTier } from '../program';
import { refusal, success, type Result } from '../result';
import type { LineBasis, OrderBasis } from './basis';
import { rulesThatHold, type OrderCircumstances } from './condition';
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
	const rules = rulesThatHold(program.rules, circumstances, program.program.timeZone);
	const reckoning = new Reckoning(rules, rate, tier?.multiplier ?? ONE);
	for (const line of basis.lines) reckoning.addLine(line);
	if (basis.shipping > 0)
		reckoning.addShipping(
			basis.shipping,
			basis.lines.reduce((rest, line) => rest - line.gross, basis.paid),
		);
	const bonuses = reckoning.addBonuses(basis);
	const total = addRatio(reckoning.proportional, bonuses);
	if (!isRoundable(total))
		return refusal(
			'tooManyPoints',
			'The order would earn more points than can be counted. Check the earning rules.',
		);
	const points = roundRatio(total, program.program.earning.rounding);
	const fixed = Math.min(points, roundRatio(bonuses, 'floor'));
	return success({
		points,
		proportional: points - fixed,
		fixed,
		lines: reckoning.lines,
		breakdown: reckoning.breakdown(tier),
	});
}

const RANK: Record<Specificity, number> = { order: 1, category: 2, product: 3 };

const NO_RULES: readonly PreparedRule[] = [];

/** What amount rules and bonuses added to an order, one a rule. */
interface Addition {
	readonly rule: EarningRule;
	readonly effect: 'add' | 'bonus';
	points: Ratio;
}

/** Adds up an order's points line by line, and remembers which rule gave what. */
class Reckoning {
	proportional = ZERO;
	readonly lines: EarnLine[] = [];
	private readonly additions: Addition[] = [];
	private readonly factors: PreparedRule[] = [];
	/** The multipliers of the line before, and what they and the tier's make together: most lines of an order share them. */
	private multipliers = NO_RULES;
	private factor: Ratio;

	constructor(
		private readonly rules: readonly PreparedRule[],
		private readonly rate: Ratio,
		private readonly tierFactor: Ratio,
	) {
		this.factor = tierFactor;
	}

	addLine(line: LineBasis): void {
		let amounts: PreparedRule[] = [];
		let claimedBy = 0;
		const multipliers: PreparedRule[] = [];
		for (const rule of this.rules) {
			if (rule.rule.kind === 'perOrder') continue;
			const specificity = coversLine(rule.scope, line.line);
			if (specificity === null) continue;
			const rank = RANK[specificity];
			if (rule.rule.kind === 'multiplier') multipliers.push(rule);
			else if (rank > claimedBy) {
				claimedBy = rank;
				amounts = [rule];
			} else if (rank === claimedBy) amounts.push(rule);
		}
		this.add(line.line.id, line.gross, amounts, multipliers, (rule) =>
			amountOf(rule, line, this.rate),
		);
	}

	/** Shipping has no product, so only rules for the whole order reach it; `gross` is what was paid for it. */
	addShipping(amount: number, gross: number): void {
		const reaching = (kind: EarningRule['kind']) =>
			this.rules.filter(({ rule, scope }) => scope.isWholeOrder && rule.kind === kind);
		const worth = multiplyRatio(ratio(amount), this.rate);
		this.add(SHIPPING_LINE, gross, reaching('perAmount'), reaching('multiplier'), (rule) =>
			multiplyRatio(worth, rule.rate),
		);
	}

	/** Points per order: whole-order rules always, others when a line of the order is in their scope and counts. */
	addBonuses(basis: OrderBasis): Ratio {
		if (basis.total <= 0) return ZERO;
		const matches = this.rules.filter(
			({ rule, scope }) =>
				rule.kind === 'perOrder' &&
				basis.lines.some((line) => line.amount > 0 && coversLine(scope, line.line) !== null),
		);
		const exclusive = winner(matches);
		let points = ZERO;
		for (const rule of exclusive === undefined ? matches : [exclusive]) {
			points = addRatio(points, rule.rate);
			this.additions.push({ rule: rule.rule, effect: 'bonus', points: rule.rate });
		}
		return points;
	}

	breakdown(tier: PreparedTier | null): BreakdownLine[] {
		const lines: BreakdownLine[] = [];
		for (const { rule, effect, points } of this.additions)
			lines.push({ rule: rule.id, name: rule.name, exact: fractionText(points), effect });
		for (const { rule, rate } of this.factors)
			lines.push({
				rule: rule.id,
				name: rule.name,
				exact: fractionText(rate),
				effect: 'multiply',
			});
		if (tier !== null && !isOne(this.tierFactor) && signOf(this.proportional) > 0)
			lines.push({
				rule: `tier:${tier.level.id}`,
				name: `${tier.level.name} multiplier`,
				exact: fractionText(this.tierFactor),
				effect: 'multiply',
			});
		return lines;
	}

	private add(
		id: string,
		gross: number,
		amounts: readonly PreparedRule[],
		multipliers: readonly PreparedRule[],
		amount: (rule: PreparedRule) => Ratio,
	): void {
		const exclusive = winner(amounts, multipliers);
		if (exclusive?.rule.kind === 'multiplier') {
			multipliers = [exclusive];
			amounts = amounts.filter(({ rule }) => !rule.exclusive);
		} else if (exclusive !== undefined) {
			multipliers = NO_RULES;
			amounts = [exclusive];
		}
		let points = ZERO;
		for (const rule of amounts) {
			const added = amount(rule);
			points = addRatio(points, added);
			this.remember(rule.rule, added);
		}
		if (signOf(points) !== 0) points = multiplyRatio(points, this.factorOf(multipliers));
		this.proportional = addRatio(this.proportional, points);
		this.lines.push({ id, gross, share: fractionText(points) });
	}

	private factorOf(multipliers: readonly PreparedRule[]): Ratio {
		if (!areSame(multipliers, this.multipliers)) {
			this.multipliers = multipliers;
			this.factor = multipliers.reduce(
				(factor, { rate }) => multiplyRatio(factor, rate),
				this.tierFactor,
			);
			for (const rule of multipliers) if (!this.factors.includes(rule)) this.factors.push(rule);
		}
		return this.factor;
	}

	private remember(rule: EarningRule, points: Ratio): void {
		for (const known of this.additions)
			if (known.rule === rule) {
				known.points = addRatio(known.points, points);
				return;
			}
		this.additions.push({ rule, effect: 'add', points });
	}
}

/** The exclusive rule of the highest priority, of two equal ones the first. */
function winner(
	amounts: readonly PreparedRule[],
	multipliers: readonly PreparedRule[] = NO_RULES,
): PreparedRule | undefined {
	let best: PreparedRule | undefined;
	for (const rules of [amounts, multipliers])
		for (const one of rules)
			if (one.rule.exclusive && (best === undefined || one.rule.priority > best.rule.priority))
				best = one;
	return best;
}

function amountOf(rule: PreparedRule, { line, amount }: LineBasis, rate: Ratio): Ratio {
	if (rule.rule.kind === 'perAmount')
		return multiplyRatio(multiplyRatio(ratio(amount), rate), rule.rate);
	// What does not count in money (excluded, given away, paid by gift card) earns nothing by the piece either.
	if (amount <= 0) return ZERO;
	return rule.rule.kind === 'perUnit'
		? multiplyRatio(ratio(Math.trunc(line.quantity)), rule.rate)
		: rule.rate;
}

function areSame(some: readonly PreparedRule[], others: readonly PreparedRule[]): boolean {
	if (some.length !== others.length) return false;
	for (let index = 0; index < some.length; index += 1)
		if (some[index] !== others[index]) return false;
	return true;
}

function isOne({ num, den }: Ratio): boolean {
	return num === den;
}
