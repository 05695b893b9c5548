import type { z } from 'zod/v4';

import { currencyExponent, parseMinor } from '../money';
import type { Refusal, Result } from '../result';
import { success } from '../result';
import { parseInstant } from '../time';
import { programSchema, type Program } from './program';

/** One thing wrong with a draft: where, in the form's words, and what. */
export interface ProgramFault {
	readonly field: string;
	readonly message: string;
}

export interface ProgramRefusal extends Refusal {
	readonly faults: readonly ProgramFault[];
}

const FIELD_NAMES: Record<string, string> = {
	currency: 'Currency',
	singular: 'Singular',
	plural: 'Plural',
	identity: 'Members Are Told Apart By',
	mode: 'Mode',
	claimEarlierOrders: 'Claim Earlier Orders',
	basis: 'Order Value',
	excludeTax: 'Exclude Tax',
	excludeShipping: 'Exclude Shipping',
	excludeGiftCardLines: 'Exclude Gift Cards Bought',
	excludePaidByCredit: 'Exclude What Is Paid by Credit',
	rounding: 'Rounding',
	kind: 'Kind',
	exclusive: 'Exclusive',
	priority: 'Priority',
	products: 'Products',
	skus: 'SKUs',
	categories: 'Categories',
	tags: 'Tags',
	startTime: 'Start Time',
	endTime: 'End Time',
	channels: 'Channels',
	everyNthOrder: 'Every N-th Order',
	newMemberDays: 'New Members (Days)',
	clock: 'Clock Starts When',
	countsForTier: 'Counts for Tier',
	day: 'Day',
	whenSpent: 'When Points Are Spent',
	metric: 'Metric',
	window: 'Window',
	graceDays: 'Grace Period (Days)',
	down: 'Going Down',
	perks: 'Perks',
	currencyRates: 'Other Currencies',
	rate: 'Rate',
	timeZone: 'Time Zone',
	unit: 'Unit Name',
	paidStatuses: 'Paid Statuses',
	joining: 'Joining',
	earning: 'Earning',
	rules: 'Rule',
	points: 'Points',
	per: 'Per Amount',
	factor: 'Multiplier',
	scope: 'Applies To',
	when: 'Conditions',
	from: 'From',
	until: 'Until',
	weekdays: 'Weekdays',
	minimumBasis: 'Minimum Order Value',
	nthOrder: 'Order Number',
	exclusions: 'Excluded Products',
	pending: 'Pending',
	expiry: 'Expiry',
	redemption: 'Redemption',
	worth: 'Worth',
	step: 'Step',
	minimum: 'Minimum Points',
	maxShareOfBasket: 'Largest Share of Basket',
	refunds: 'Refunds',
	tiers: 'Tiers',
	levels: 'Tier',
	threshold: 'Threshold',
	multiplier: 'Multiplier',
	entryBonus: 'Entry Bonus',
	color: 'Colour',
	id: 'ID',
	name: 'Name',
	months: 'Months',
	days: 'Days',
};

/** "earning.rules.0.points" becomes "Earning › Rule 1 › Points": the words of the form, counted from one. */
function fieldName(path: readonly PropertyKey[]): string {
	const words: string[] = [];
	for (const step of path) {
		if (typeof step === 'number') words.push(`${words.pop() ?? 'Item'} ${step + 1}`);
		else words.push(FIELD_NAMES[String(step)] ?? String(step));
	}
	return words.join(' › ') || 'Programme';
}

/**
 * Checks a draft and fills in every default.
 *
 * A bad draft gives a refusal whose `faults` name each field in the words of the form and whose message lists them all;
 * nothing is corrected silently. Checked beyond the shape: unique ids, tiers in rising order, tier names used by rules
 * exist, amounts that the currency can express, windows that do not end before they begin.
 */
export function checkProgram(draft: unknown): Result<Program> | ProgramRefusal {
	const parsed = programSchema.safeParse(draft);
	if (!parsed.success) {
		return refuse(
			parsed.error.issues.slice(0, 50).map((issue) => ({
				field: fieldName(issue.path),
				message: messageOf(issue),
			})),
		);
	}
	const faults = [
		...ruleFaults(parsed.data),
		...currencyFaults(parsed.data),
		...tierFaults(parsed.data),
	];
	return faults.length > 0 ? refuse(faults) : success(parsed.data);
}

function messageOf(issue: z.core.$ZodIssue): string {
	if (issue.code === 'invalid_value')
		return `must be one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
	if (issue.message.startsWith('Invalid input')) return 'is missing or of the wrong kind';
	return issue.code === 'too_big' && issue.origin === 'array'
		? `has more than ${String(issue.maximum)} entries`
		: issue.message;
}

function refuse(faults: readonly ProgramFault[]): ProgramRefusal {
	const list = faults.map((fault) => `${fault.field} ${fault.message}`).join('; ');
	return {
		ok: false,
		reason: { code: 'invalidProgram', message: `The programme was not published: ${list}.` },
		faults,
	};
}

function repeated(ids: readonly string[]): string | undefined {
	return ids.find((id, index) => ids.indexOf(id) !== index);
}

function ruleFaults(program: Program): ProgramFault[] {
	const faults: ProgramFault[] = [];
	const twice = repeated(program.earning.rules.map((rule) => rule.id));
	if (twice !== undefined)
		faults.push({ field: 'Earning › Rule', message: `"${twice}" is listed twice` });
	const tierIds = new Set(program.tiers.levels.map((level) => level.id));
	program.earning.rules.forEach((rule, index) => {
		const field = `Earning › Rule ${index + 1} (${rule.name})`;
		for (const [name, date] of [
			['From', rule.when.from],
			['Until', rule.when.until],
		] as const)
			if (date !== null && !isDay(date))
				faults.push({
					field: `${field} › ${name}`,
					message: `${date} is not a day between 1900-01-01 and 9998-12-31`,
				});
		if (rule.when.startTime !== null && rule.when.startTime === rule.when.endTime)
			faults.push({
				field,
				message: `starts and ends at ${rule.when.startTime}, so it would never count; leave both times empty for the whole day`,
			});
		if (rule.when.from !== null && rule.when.until !== null && rule.when.from > rule.when.until)
			faults.push({
				field,
				message: `ends on ${rule.when.until}, before it begins on ${rule.when.from}`,
			});
		if ((rule.when.startTime === null) !== (rule.when.endTime === null))
			faults.push({ field, message: 'needs both a start time and an end time, or neither' });
		const unknown = rule.when.tiers.find((id) => !tierIds.has(id));
		if (unknown !== undefined)
			faults.push({
				field,
				message: `names the tier "${unknown}", which is not in the list of tiers`,
			});
		if (rule.kind === 'perAmount')
			faults.push(...amountFaults(`${field} › Per Amount`, rule.per, program.currency));
		faults.push(
			...amountFaults(`${field} › Minimum Order Value`, rule.when.minimumBasis, program.currency),
		);
	});
	return faults;
}

function isDay(date: string): boolean {
	return date < '9999' && parseInstant(date, 'UTC').ok;
}

function currencyFaults(program: Program): ProgramFault[] {
	const faults: ProgramFault[] = [];
	const twice = repeated(program.currencyRates.map((rate) => rate.currency));
	if (twice !== undefined)
		faults.push({ field: 'Other Currencies', message: `lists ${twice} twice` });
	if (program.currencyRates.some((rate) => rate.currency === program.currency))
		faults.push({
			field: 'Other Currencies',
			message: `must not list ${program.currency}, the programme's own currency`,
		});
	faults.push(...amountFaults('Redemption › Worth', program.redemption.worth, program.currency));
	return faults;
}

function amountFaults(field: string, amount: string, currency: string): ProgramFault[] {
	const minor = parseMinor(amount, currency);
	if (minor.ok) return [];
	return [
		{
			field,
			message:
				minor.reason.code === 'amountTooLarge'
					? `"${amount}" is more than can be counted`
					: `"${amount}" has more than the ${currencyExponent(currency)} decimals that ${currency} knows`,
		},
	];
}

function tierFaults(program: Program): ProgramFault[] {
	const faults: ProgramFault[] = [];
	const { levels, metric } = program.tiers;
	const twice = repeated(levels.map((level) => level.id));
	if (twice !== undefined) faults.push({ field: 'Tiers', message: `list "${twice}" twice` });
	levels.forEach((level, index) => {
		const field = `Tiers › Tier ${index + 1} (${level.name})`;
		const threshold = thresholdOf(level.threshold, metric, program.currency);
		if (threshold === undefined) {
			faults.push({
				field: `${field} › Threshold`,
				message:
					metric === 'spend'
						? `has more decimals than ${program.currency} knows`
						: 'must be a whole number',
			});
			return;
		}
		const below = levels[index - 1];
		const belowThreshold = below && thresholdOf(below.threshold, metric, program.currency);
		if (belowThreshold !== undefined && threshold <= belowThreshold)
			faults.push({
				field: `${field} › Threshold`,
				message: `must be higher than that of ${below.name}`,
			});
	});
	return faults;
}

/** A tier's threshold in the unit of its metric: minor units for spend, else a count. Undefined when it cannot be one. */
export function thresholdOf(
	threshold: string,
	metric: Program['tiers']['metric'],
	currency: string,
): number | undefined {
	if (metric === 'spend') {
		const minor = parseMinor(threshold, currency);
		return minor.ok ? minor.value : undefined;
	}
	return /^\d+(\.0+)?$/.test(threshold) ? Number(threshold) : undefined;
}
