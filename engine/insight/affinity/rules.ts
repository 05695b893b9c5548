import { FisherTest } from './hypergeometric';

/** Products bought together: one order, or all that one customer bought. Doubles count once. */
export type Basket = readonly string[];

export interface RuleSettings {
	/** Fewer common baskets than this are no rule, however striking. */
	readonly minTogether: number;
	/** Share of the rules found that may be due to chance (false discovery rate), e.g. 0.05. */
	readonly maxFalseShare: number;
	/** A rule has to raise the chance of the second product by this factor, e.g. 1.2. */
	readonly minLift: number;
}

/** "Who buys `product` also buys `goesWith`." */
export interface ProductRule {
	readonly product: string;
	readonly goesWith: string;
	/** Baskets with both. */
	readonly together: number;
	/** Baskets with both ÷ all baskets. */
	readonly support: number;
	/** Baskets with both ÷ baskets with `product`. */
	readonly confidence: number;
	/** Confidence ÷ share of all baskets that have `goesWith`; above 1 means more often than by chance. */
	readonly lift: number;
	/** Fisher's exact test, one-sided, before the correction for many tests. */
	readonly pValue: number;
}

export interface RuleReport {
	/** Both directions of every pair found, strongest confidence first. */
	readonly rules: readonly ProductRule[];
	readonly baskets: number;
	/** Products frequent enough to be in a rule at all. */
	readonly products: number;
	/** Pairs of these products: so many tests were corrected for. */
	readonly pairsTested: number;
	/** Baskets with more than `LARGEST_BASKET` products, left out: wholesale or gift lists. */
	readonly oversizedBaskets: number;
}

/** Two rare products that met twice are significant by any test, and still a coincidence. */
export const FEWEST_TOGETHER = 3;

/** A larger basket says little about taste and makes the number of pairs explode. */
export const LARGEST_BASKET = 100;

/**
 * Finds products that are bought together more often than chance explains.
 *
 * A pair is a rule when it is in at least `minTogether` baskets, has at least `minLift`, and stays
 * significant in Fisher's exact test after the correction of Benjamini & Hochberg (1995) over *all*
 * pairs of products that are in `minTogether` baskets each; choosing the pairs to correct for by how
 * often they were seen together would bring the coincidences back in.
 */
export function findRules(baskets: readonly Basket[], settings: RuleSettings): RuleReport {
	const minTogether = Math.max(FEWEST_TOGETHER, settings.minTogether);
	const sets: string[][] = [];
	let oversizedBaskets = 0;
	for (const basket of baskets) {
		const products = [...new Set(basket)];
		if (products.length > LARGEST_BASKET) oversizedBaskets += 1;
		else if (products.length > 0) sets.push(products);
	}
	const frequent = frequentProducts(sets, minTogether);
	const pairs = countPairs(sets, frequent);
	const pairsTested = (frequent.names.length * (frequent.names.length - 1)) / 2;
	const test = new FisherTest(sets.length);
	const candidates: PairCount[] = [];
	for (const [code, together] of pairs) {
		const first = Math.floor(code / frequent.names.length);
		const second = code % frequent.names.length;
		const inFirst = frequent.counts[first];
		const inSecond = frequent.counts[second];
		const lift = (together * sets.length) / (inFirst * inSecond);
		if (together < minTogether || lift <= 1) continue;
		candidates.push({
			first,
			second,
			together,
			lift,
			pValue: test.probabilityOfAtLeast(together, inFirst, inSecond),
		});
	}
	const rules: ProductRule[] = [];
	for (const pair of significantPairs(candidates, pairsTested, settings.maxFalseShare)) {
		if (pair.lift < settings.minLift) continue;
		for (const [from, to] of [
			[pair.first, pair.second],
			[pair.second, pair.first],
		]) {
			rules.push({
				product: frequent.names[from],
				goesWith: frequent.names[to],
				together: pair.together,
				support: pair.together / sets.length,
				confidence: pair.together / frequent.counts[from],
				lift: pair.lift,
				pValue: pair.pValue,
			});
		}
	}
	return {
		rules: rules.sort(strongestFirst),
		baskets: sets.length,
		products: frequent.names.length,
		pairsTested,
		oversizedBaskets,
	};
}

interface PairCount {
	readonly first: number;
	readonly second: number;
	readonly together: number;
	readonly lift: number;
	readonly pValue: number;
}

interface FrequentProducts {
	readonly names: readonly string[];
	readonly counts: readonly number[];
	readonly numbers: ReadonlyMap<string, number>;
}

function frequentProducts(sets: readonly string[][], minTogether: number): FrequentProducts {
	const seen = new Map<string, number>();
	for (const products of sets) {
		for (const product of products) seen.set(product, (seen.get(product) ?? 0) + 1);
	}
	const names = [...seen.keys()].filter((name) => (seen.get(name) ?? 0) >= minTogether).sort();
	return {
		names,
		counts: names.map((name) => seen.get(name) ?? 0),
		numbers: new Map(names.map((name, number) => [name, number])),
	};
}

/** Baskets that hold both, by `lower number × products + higher number`. */
function countPairs(sets: readonly string[][], frequent: FrequentProducts): Map<number, number> {
	const pairs = new Map<number, number>();
	for (const products of sets) {
		const numbers = products
			.map((product) => frequent.numbers.get(product))
			.filter((number) => number !== undefined)
			.sort((left, right) => left - right);
		for (let low = 0; low < numbers.length; low++) {
			for (let high = low + 1; high < numbers.length; high++) {
				const code = numbers[low] * frequent.names.length + numbers[high];
				pairs.set(code, (pairs.get(code) ?? 0) + 1);
			}
		}
	}
	return pairs;
}

/** Benjamini & Hochberg's step-up: all pairs up to the last whose p-value is under rank × share ÷ tests. */
function significantPairs(
	candidates: readonly PairCount[],
	tests: number,
	maxFalseShare: number,
): PairCount[] {
	const ordered = [...candidates].sort((left, right) => left.pValue - right.pValue);
	let kept = 0;
	ordered.forEach((pair, index) => {
		if (pair.pValue <= ((index + 1) * maxFalseShare) / tests) kept = index + 1;
	});
	return ordered.slice(0, kept);
}

function strongestFirst(left: ProductRule, right: ProductRule): number {
	return (
		right.confidence - left.confidence ||
		right.together - left.together ||
		compareText(left.product, right.product) ||
		compareText(left.goesWith, right.goesWith)
	);
}

/** Order by code units: the same on every machine, whatever its language. */
function compareText(left: string, right: string): number {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}
