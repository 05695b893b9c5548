import type { GroupResult, LiftMeasure, LiftReport } from './lift';

/** The three measures of a lift report, in the order in which a shop reads them. */
export type LiftMeasureName = 'repeatRate' | 'ordersPerCustomer' | 'revenuePerCustomer';

interface Wording {
	readonly subject: string;
	readonly number: (value: number) => string;
	/** A difference, which for shares is in percentage points. */
	readonly difference: (value: number) => string;
}

const WORDING: Readonly<Record<LiftMeasureName, Wording>> = {
	repeatRate: {
		subject: 'The share of customers who ordered',
		number: (value) => `${(100 * value).toFixed(1)} %`,
		difference: (value) => `${(100 * value).toFixed(1)} points`,
	},
	ordersPerCustomer: {
		subject: 'The number of orders per customer',
		number: (value) => value.toFixed(3),
		difference: (value) => value.toFixed(3),
	},
	revenuePerCustomer: {
		subject: 'The revenue per customer',
		number: (value) => value.toFixed(2),
		difference: (value) => value.toFixed(2),
	},
};

/** One measure of a report in a sentence that claims no more than the interval does. */
export function liftStatement(report: LiftReport, name: LiftMeasureName): string {
	const { subject, number, difference } = WORDING[name];
	const measure: LiftMeasure = report[name];
	const treated: GroupResult = report.treated;
	const values = `${number(treated[name])} with the campaign, ${number(report.holdout[name])} without`;
	const { interval, visibleFrom } = measure;
	if (interval === null || visibleFrom === null) {
		return `${subject} cannot be compared yet: not enough data.`;
	}
	if (measure.verdict === 'no difference shown') {
		return (
			`${subject} shows no difference (${values}). In groups of this size only a difference of about ` +
			`${difference(visibleFrom)} or more would show.`
		);
	}
	return (
		`${subject} is ${measure.verdict} with the campaign: ${values}. The true difference is likely between ` +
		`${difference(interval.low)} and ${difference(interval.high)}.`
	);
}
