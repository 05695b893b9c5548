import type { ProductRule } from './rules';

/** A product for a customer, and the product of theirs that speaks for it. */
export interface Recommendation {
	readonly product: string;
	readonly because: string;
	readonly confidence: number;
	readonly lift: number;
}

/**
 * Looks recommendations up for many customers: the rules are grouped by product once.
 */
export class Recommender {
	private readonly rulesByProduct = new Map<string, ProductRule[]>();

	/** @param rules as `findRules` gives them */
	constructor(rules: readonly ProductRule[]) {
		for (const rule of rules) {
			const known = this.rulesByProduct.get(rule.product);
			if (known === undefined) this.rulesByProduct.set(rule.product, [rule]);
			else known.push(rule);
		}
	}

	/**
	 * What goes with the products a customer has, never one of these; the most likely first. A product
	 * that several of theirs speak for is named once, with the strongest.
	 */
	recommend(owned: Iterable<string>, limit: number): Recommendation[] {
		const has = new Set(owned);
		const best = new Map<string, ProductRule>();
		for (const product of has) {
			for (const rule of this.rulesByProduct.get(product) ?? []) {
				if (has.has(rule.goesWith)) continue;
				const known = best.get(rule.goesWith);
				if (known === undefined || stronger(rule, known)) best.set(rule.goesWith, rule);
			}
		}
		return [...best.values()]
			.sort((left, right) => (stronger(left, right) ? -1 : 1))
			.slice(0, limit)
			.map((rule) => ({
				product: rule.goesWith,
				because: rule.product,
				confidence: rule.confidence,
				lift: rule.lift,
			}));
	}
}

/** By confidence, then by how often seen, then by name so that equal rules keep their order. */
function stronger(rule: ProductRule, other: ProductRule): boolean {
	if (rule.confidence !== other.confidence) return rule.confidence > other.confidence;
	if (rule.together !== other.together) return rule.together > other.together;
	if (rule.goesWith !== other.goesWith) return rule.goesWith < other.goesWith;
	return rule.product < other.product;
}
