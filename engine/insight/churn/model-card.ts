import type { PurchaseFit } from '../model';
import { civilDayText } from '../purchase';
import type {
	CustomerSummaries,
	InnerCheck,
	ModelCard,
	PurchaseModelCard,
	ScorerName,
	Warning,
} from '../types';
import type { NoCheck } from './inner-check';
import { repeatCustomersOf, type FitTrouble } from './purchase-fits';

/** The part of a fit that a card shows. */
export function purchaseModelCard(fit: PurchaseFit): PurchaseModelCard {
	const { model, r, alpha, a, b, logLikelihood, iterations } = fit;
	return { model, r, alpha, a, b, logLikelihood, iterations };
}

/** Why a purchase model with leaving was not used, in a sentence; null when it was. */
export function fitWarning(trouble: FitTrouble, summaries: CustomerSummaries): Warning | null {
	switch (trouble) {
		case null:
			return null;
		case 'tooFewCustomers':
			return {
				code: 'few_customers',
				message: `${summaries.count} customers, ${repeatCustomersOf(summaries)} of whom came back, are too few for a purchase model. Give a longer history.`,
			};
		case 'nobodyLeaves':
			return {
				code: 'nobody_leaves',
				message:
					'In this history nobody seems to leave for good: long silences are as rare as chance allows. A probability of still being a customer would be 1 for all and is not given.',
			};
		case 'notConverged':
			return {
				code: 'not_converged',
				message:
					'The purchase model with leaving found no stable parameters for this history and was not used.',
			};
	}
}

/** Why nothing could be checked inside the history, in a sentence. */
export function checkWarning(noCheck: NoCheck): Warning {
	switch (noCheck) {
		case 'noHistory':
			return {
				code: 'unchecked',
				message:
					'Single orders are not known, only totals, so the scores could not be checked on the past. Give orders to have them checked.',
			};
		case 'shortHistory':
			return {
				code: 'unchecked',
				message: 'The history covers too few days to check the scores on its last part.',
			};
		case 'fewOutcomes':
			return {
				code: 'unchecked',
				message:
					'Too few customers, or too few who bought or did not buy again, to check the scores on the last part of the history.',
			};
	}
}

/** Warnings that follow from the inner check and the dates. */
export function dataWarnings(
	summaries: CustomerSummaries,
	horizonDays: number,
	check: InnerCheck | null,
	used: ScorerName,
): Warning[] {
	const warnings: Warning[] = [];
	let firstDay = Infinity;
	let lastDay = -Infinity;
	for (let i = 0; i < summaries.count; i++) {
		firstDay = Math.min(firstDay, summaries.firstDay[i]);
		lastDay = Math.max(lastDay, summaries.lastDay[i]);
	}
	const quiet = summaries.asOfDay - lastDay;
	const usualPause = (lastDay - firstDay) / Math.max(1, summaries.tally.transactions);
	if (quiet > 7 && quiet > 20 * usualPause) {
		warnings.push({
			code: 'stale_data',
			message: `The last order is of ${civilDayText(lastDay)}, ${quiet} days before the as-of date. If later orders are missing, everybody looks as if they had left.`,
		});
	}
	if (check === null && horizonDays > summaries.asOfDay - firstDay) {
		warnings.push({
			code: 'horizon_beyond_history',
			message: `The horizon of ${horizonDays} days is longer than the history of ${summaries.asOfDay - firstDay} days.`,
		});
	}
	if (check === null) return warnings;
	if (check.horizonDays < Math.round(horizonDays)) {
		warnings.push({
			code: 'short_history',
			message: `The history is too short to check ${horizonDays} days; the scores were checked on ${check.horizonDays} days.`,
		});
	}
	const mine = check.scorers.find(({ scorer }) => scorer === used);
	const baseline = check.scorers.find(({ scorer }) => scorer === 'recency');
	if (mine !== undefined && mine.auc < 0.6) {
		warnings.push({
			code: 'weak_ranking',
			message: `The score hardly tells who will return (AUC ${mine.auc.toFixed(2)}; 0.5 is a coin). Do not spend money on single customers because of it.`,
		});
	}
	if (
		mine !== undefined &&
		baseline !== undefined &&
		used !== 'recency' &&
		mine.auc < baseline.auc
	) {
		warnings.push({
			code: 'ranks_no_better_than_recency',
			message: `On the check, sorting by days since the last order ranked as well (AUC ${baseline.auc.toFixed(3)} against ${mine.auc.toFixed(3)}); this score is used because its probabilities are closer or the difference is within chance.`,
		});
	}
	return warnings;
}

/** Puts the card together, with its summary. */
export function modelCard(
	summaries: CustomerSummaries,
	horizonDays: number,
	used: ScorerName,
	usedLabel: string,
	fallbackReason: string | null,
	check: InnerCheck | null,
	fit: PurchaseFit | null,
	warnings: readonly Warning[],
): ModelCard {
	const mine = check?.scorers.find(({ scorer }) => scorer === used);
	const baseline = check?.scorers.find(({ scorer }) => scorer === 'recency');
	const card = {
		used,
		usedLabel,
		fallbackReason,
		customers: summaries.count,
		repeatCustomers: repeatCustomersOf(summaries),
		horizonDays,
		auc: mine?.auc ?? NaN,
		brier: mine?.brier ?? NaN,
		baselineAuc: baseline?.auc ?? NaN,
		baselineBrier: baseline?.brier ?? NaN,
		check,
		model: fit === null ? null : purchaseModelCard(fit),
		warnings,
	};
	return { ...card, summary: summaryOf(card) };
}

function summaryOf(card: Omit<ModelCard, 'summary'>): string {
	const scored = `${card.customers} customers scored for the next ${card.horizonDays} days by ${card.usedLabel}.`;
	const why = card.fallbackReason === null ? '' : ` ${card.fallbackReason}`;
	if (card.check === null || Number.isNaN(card.auc)) {
		return `${scored}${why} How good the scores are could not be checked on this history.`;
	}
	const { check } = card;
	const when =
		check.cuts === 1
			? `as of ${civilDayText(check.cutDay)}`
			: `as of ${check.cuts} earlier days, the latest ${civilDayText(check.cutDay)},`;
	return (
		`${scored}${why} Tried ${when} on ${check.customers} customers, of whom ${check.buyers} bought within ${check.horizonDays} days: ` +
		`it ranked ${percent(card.auc)} of the pairs of a leaving and a returning customer right ` +
		`(days since the last order alone: ${percent(card.baselineAuc)}); Brier score ${card.brier.toFixed(3)} (${card.baselineBrier.toFixed(3)}).`
	);
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
