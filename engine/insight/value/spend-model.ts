import { expectedSpend, fitGammaGamma, type SpendFit } from '../model';
import type { Steps } from '../pause';
import type { CustomerSummaries, SpendModelName, Warning } from '../types';
import { correlation, rankCorrelation } from './correlation';

/** Fewer repeat customers with spend say nothing about three parameters. */
const FEWEST_CUSTOMERS = 15;
/** From this correlation of frequency and spend on, in either direction, the assumption of Gamma-Gamma is broken. */
const BROKEN_FROM = 0.3;
/** The shop's mean spend by the model may be this many times the observed one, up or down. */
const FARTHEST = 3;

export interface SpendModel {
	readonly name: SpendModelName;
	readonly fit: SpendFit | null;
	readonly spendCustomers: number;
	readonly correlation: number;
	readonly rankCorrelation: number;
	readonly independent: boolean;
	readonly fallbackReason: string | null;
	readonly warnings: readonly Warning[];
	/** Expected spend of one transaction of row i. */
	expected(i: number): number;
}

/**
 * The spend of a transaction: Gamma-Gamma where it can be fitted, else each repeat customer's own mean and the shop's
 * mean for the others. Gamma-Gamma assumes that those who buy more often do not spend more or less each time; the
 * correlation says whether that holds.
 */
export function* spendModelOf(summaries: CustomerSummaries): Steps<SpendModel> {
	const { x, repeatMean, spend } = summaries;
	const rows = x.reduce<number[]>((kept, repeats, i) => {
		if (repeats > 0 && repeatMean[i] > 0) kept.push(i);
		return kept;
	}, []);
	const frequency = Float64Array.from(rows, (i) => x[i]);
	const mean = Float64Array.from(rows, (i) => repeatMean[i]);
	yield;
	const linear = correlation(frequency, mean);
	const ranks = rankCorrelation(frequency, mean);
	const independent = !(Math.abs(linear) >= BROKEN_FROM || Math.abs(ranks) >= BROKEN_FROM);
	const warnings: Warning[] = [];
	if (!independent) {
		warnings.push({
			code: 'spend_depends_on_frequency',
			message: `Customers who buy more often spend ${(Math.abs(linear) >= BROKEN_FROM ? linear : ranks) > 0 ? 'more' : 'less'} each time (correlation ${linear.toFixed(2)}, of ranks ${ranks.toFixed(2)}). The spend model assumes that they do not, so values of very frequent and very rare buyers are off.`,
		});
	}

	const fit = rows.length < FEWEST_CUSTOMERS ? null : yield* fitGammaGamma(x, repeatMean);
	const transactions = x.reduce((sum, repeats) => sum + repeats + 1, 0);
	const shopMean = spend.reduce((sum, amount) => sum + amount, 0) / transactions;
	const problem = problemOf(fit, rows.length, mean);
	const shared = {
		spendCustomers: rows.length,
		correlation: linear,
		rankCorrelation: ranks,
		independent,
	};
	if (fit === null || problem !== null) {
		return {
			...shared,
			name: 'ownMean',
			fit: null,
			fallbackReason: problem,
			warnings: [...warnings, { code: 'no_spend_model', message: problem ?? '' }],
			expected: (i) => (x[i] > 0 && repeatMean[i] > 0 ? repeatMean[i] : shopMean),
		};
	}
	return {
		...shared,
		name: 'gammaGamma',
		fit,
		fallbackReason: null,
		warnings,
		expected: (i) => expectedSpend(fit, repeatMean[i] > 0 ? x[i] : 0, repeatMean[i]),
	};
}

function problemOf(fit: SpendFit | null, customers: number, mean: Float64Array): string | null {
	if (fit === null) {
		return `Only ${customers} customers bought again and paid something, too few for a spend model; their own mean and the shop's mean are used.`;
	}
	const observed = mean.reduce((sum, value) => sum + value, 0) / mean.length;
	const model = expectedSpend(fit, 0, 0);
	if (!fit.converged || !(model < FARTHEST * observed && model > observed / FARTHEST)) {
		return "The spend model does not fit this shop's amounts; each customer's own mean and the shop's mean are used.";
	}
	return null;
}
