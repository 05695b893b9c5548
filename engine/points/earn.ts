import type { OrderLine } from '../event';
import { SHIPPING_LINE, type BreakdownLine, type EarnLine } from '../ledger';
import {
	addRatio,
	fractionText,
	isRoundable,
	multiplyByWhole,
	multiplyRatio,
	ONE,
	roundRatio,
	signOf,
	ZERO,
	type Ratio,
} from '../money';
import type { PreparedProgram, PreparedRule, PreparedTier } from '../program';
import { refusal, success, type Result } from '../result';
import type { LineBasis, OrderBasis } from './basis';
import { rulesThatHold, type OrderCircumstances } from './condition';
import { coversLine, Specificity, specificityOn } from './scope';

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

const NO_RULES: readonly PreparedRule[] = [];

/** What one amount rule gave for an order: so many points for each unit of what it counts. */
interface Addition {
	readonly rule: PreparedRule;
	/** Points for each unit: a minor unit of the order's currency, a piece or a line. */
	readonly perUnit: Ratio;
	/** As `perUnit`, with what multiplies it on the line at hand. */
	perUnitMultiplied: Ratio;
	units: number;
}

/** Adds up an order's points line by line, and remembers which rule gave what. */
class Reckoning {
	proportional = ZERO;
	readonly lines: EarnLine[] = [];
	private readonly additions: Addition[] = [];
	private readonly factors: PreparedRule[] = [];
	private readonly amountRules: PreparedRule[] = [];
	private readonly multiplierRules: PreparedRule[] = [];
	private readonly bonusRules: PreparedRule[] = [];
	private bonuses: readonly PreparedRule[] = NO_RULES;
	/** Whether all multipliers are for the whole order, so that they are the same for every line. */
	private areMultipliersShared = true;
	private isAnyExclusive = false;
	/** The multipliers of the line before, and what they and the tier's make together; null before the first line. */
	private multipliers: readonly PreparedRule[] | null = null;
	private factor = ONE;

	constructor(
		rules: readonly PreparedRule[],
		private readonly rate: Ratio,
		private readonly tierFactor: Ratio,
	) {
		for (const rule of rules) {
			if (rule.rule.exclusive) this.isAnyExclusive = true;
			if (rule.rule.kind === 'multiplier') {
				this.multiplierRules.push(rule);
				if (!rule.scope.isWholeOrder) this.areMultipliersShared = false;
			} else if (rule.rule.kind === 'perOrder') this.bonusRules.push(rule);
			else this.amountRules.push(rule);
		}
	}

	addLine(line: LineBasis): void {
		const multipliers = this.areMultipliersShared
			? this.multiplierRules
			: this.multiplierRules.filter(({ scope }) => coversLine(scope, line.line));
		this.add(line.line.id, line.gross, this.claiming(line), multipliers, line);
	}

	/** Shipping has no product, so only rules for the whole order reach it; `gross` is what was paid for it. */
	addShipping(amount: number, gross: number): void {
		const amounts = this.amountRules.filter(
			({ rule, scope }) => rule.kind === 'perAmount' && scope.isWholeOrder,
		);
		const multipliers = this.multiplierRules.filter(({ scope }) => scope.isWholeOrder);
		this.add(SHIPPING_LINE, gross, amounts, multipliers, { amount, line: null });
	}

	/** Points per order: whole-order rules always, others when a line of the order is in their scope and counts. */
	addBonuses(basis: OrderBasis): Ratio {
		if (basis.total <= 0) return ZERO;
		const matches = this.bonusRules.filter(({ scope }) =>
			basis.lines.some((line) => line.amount > 0 && coversLine(scope, line.line)),
		);
		const exclusive = this.isAnyExclusive ? winner(matches, NO_RULES) : undefined;
		this.bonuses = exclusive === undefined ? matches : [exclusive];
		return this.bonuses.reduce((points, { rate }) => addRatio(points, rate), ZERO);
	}

	breakdown(tier: PreparedTier | null): BreakdownLine[] {
		const lines: BreakdownLine[] = [];
		for (const { rule, perUnit, units } of this.additions)
			lines.push(reason(rule, fractionText(multiplyByWhole(perUnit, units)), 'add'));
		for (const rule of this.bonuses) lines.push(reason(rule, rule.rateText, 'bonus'));
		for (const rule of this.factors) lines.push(reason(rule, rule.rateText, 'multiply'));
		if (tier !== null && !isOne(this.tierFactor) && signOf(this.proportional) > 0)
			lines.push({
				rule: `tier:${tier.level.id}`,
				name: `${tier.level.name} multiplier`,
				exact: tier.multiplierText,
				effect: 'multiply',
			});
		return lines;
	}

	/** The amount rules that cover a line most specifically. */
	private claiming({ line }: LineBasis): readonly PreparedRule[] {
		let claiming: PreparedRule[] = [];
		let claimedBy: Specificity = Specificity.none;
		for (const rule of this.amountRules) {
			const specificity = specificityOn(rule.scope, line);
			if (specificity === Specificity.none || specificity < claimedBy) continue;
			if (specificity === claimedBy) claiming.push(rule);
			else {
				claimedBy = specificity;
				claiming = [rule];
			}
		}
		return claiming;
	}

	private add(
		id: string,
		gross: number,
		amounts: readonly PreparedRule[],
		multipliers: readonly PreparedRule[],
		piece: Piece,
	): void {
		const exclusive = this.isAnyExclusive ? winner(amounts, multipliers) : undefined;
		if (exclusive?.rule.kind === 'multiplier') {
			multipliers = [exclusive];
			amounts = amounts.filter(({ rule }) => !rule.exclusive);
		} else if (exclusive !== undefined) {
			multipliers = NO_RULES;
			amounts = [exclusive];
		}
		let points = ZERO;
		for (const rule of amounts) {
			const addition = this.additionBy(rule);
			const units = unitsOf(rule, piece);
			if (units === 0 || signOf(rule.rate) === 0) continue;
			this.multiplyBy(multipliers);
			addition.units += units;
			points = addRatio(points, multiplyByWhole(addition.perUnitMultiplied, units));
		}
		this.proportional = addRatio(this.proportional, points);
		this.lines.push({ id, gross, basis: piece.amount, share: fractionText(points) });
	}

	/** Most lines of an order share their multipliers, so what these make is worked out when they change. */
	private multiplyBy(multipliers: readonly PreparedRule[]): void {
		if (this.multipliers !== null && areSame(multipliers, this.multipliers)) return;
		this.multipliers = multipliers;
		this.factor = this.tierFactor;
		for (const rule of multipliers) {
			this.factor = multiplyRatio(this.factor, rule.rate);
			if (!this.factors.includes(rule)) this.factors.push(rule);
		}
		for (const addition of this.additions)
			addition.perUnitMultiplied = multiplyRatio(addition.perUnit, this.factor);
	}

	private additionBy(rule: PreparedRule): Addition {
		for (const known of this.additions) if (known.rule === rule) return known;
		const perUnit =
			rule.rule.kind === 'perAmount' ? multiplyRatio(rule.rate, this.rate) : rule.rate;
		const perUnitMultiplied = multiplyRatio(perUnit, this.factor);
		const addition = { rule, perUnit, perUnitMultiplied, units: 0 };
		this.additions.push(addition);
		return addition;
	}
}

function reason(
	{ rule }: PreparedRule,
	exact: string,
	effect: BreakdownLine['effect'],
): BreakdownLine {
	return { rule: rule.id, name: rule.name, exact, effect };
}

/** The exclusive rule of the highest priority, of two equal ones the first. */
function winner(
	amounts: readonly PreparedRule[],
	multipliers: readonly PreparedRule[],
): PreparedRule | undefined {
	let best: PreparedRule | undefined;
	for (const rules of [amounts, multipliers])
		for (const one of rules)
			if (one.rule.exclusive && (best === undefined || one.rule.priority > best.rule.priority))
				best = one;
	return best;
}

/** What a rule is asked about: a line, or shipping, which has none. */
interface Piece {
	readonly amount: number;
	readonly line: OrderLine | null;
}

/** How much of what a rule counts. */
function unitsOf({ rule }: PreparedRule, { line, amount }: Piece): number {
	if (rule.kind === 'perAmount') return amount;
	// What does not count in money (excluded, given away, paid by gift card) earns nothing by the piece either.
	if (amount <= 0 || line === null) return 0;
	return rule.kind === 'perUnit' ? Math.trunc(line.quantity) : 1;
}

function areSame(some: readonly PreparedRule[], others: readonly PreparedRule[]): boolean {
	if (some === others) return true;
	if (some.length !== others.length) return false;
	for (let index = 0; index < some.length; index += 1)
		if (some[index] !== others[index]) return false;
	return true;
}

function isOne({ num, den }: Ratio): boolean {
	return num === den;
}
