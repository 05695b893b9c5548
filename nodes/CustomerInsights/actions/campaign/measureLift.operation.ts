import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readCustomers } from '../../../../engine/insight/input';
import {
	assignHoldout,
	campaignCustomers,
	liftStatement,
	measureLift,
	type CampaignCustomer,
	type CampaignGroup,
	type Confidence,
	type GroupResult,
	type LiftMeasure,
	type LiftReport,
} from '../../../../engine/insight/lift';
import { civilDayOf } from '../../../../engine/insight/purchase';
import { refusal, success, type Result } from '../../../../engine/result';
import { asOfDate, dateOrder, fieldNames, inputItemIs } from '../../inputFields';
import { linkToAll, rounded } from '../../output';
import { chosenDateOrder, chosenFields, momentOf, optionsOf, readInput } from '../../readInput';
import { showWarnings, summaryItem } from '../../summaryItem';
import { shownFor, type Operation } from '../operation';
import { campaignName, holdoutPercent } from './campaignFields';

export const description: INodeProperties[] = shownFor(
	'campaign',
	['measureLift'],
	[
		inputItemIs(true),
		{
			displayName: 'Group Comes From',
			name: 'groupFrom',
			type: 'options',
			options: [
				{
					name: 'Campaign Name',
					value: 'campaign',
					description: 'Drawn again as Assign Holdout did, from the same name and share',
				},
				{
					name: 'A Field',
					value: 'field',
					description: 'Read from the input, for example from a CRM property',
				},
			],
			default: 'campaign',
			description: 'How it is known who got the campaign and who was held out',
		},
		{ ...campaignName, displayOptions: { show: { groupFrom: ['campaign'] } } },
		{ ...holdoutPercent, displayOptions: { show: { groupFrom: ['campaign'] } } },
		{
			displayName: 'Group Field',
			name: 'groupField',
			type: 'string',
			default: 'campaign_group',
			displayOptions: { show: { groupFrom: ['field'] } },
			description: 'Field that says in which group the customer is',
		},
		{
			displayName: 'Value of the Holdout',
			name: 'holdoutValue',
			type: 'string',
			default: 'holdout',
			displayOptions: { show: { groupFrom: ['field'] } },
			description: 'Who has this value was held out; who has any other got the campaign',
		},
		{
			displayName: 'Campaign Start',
			name: 'campaignStart',
			type: 'dateTime',
			required: true,
			default: '',
			displayOptions: { show: { inputItemIs: ['order', 'orderLine'] } },
			description:
				'First day of the campaign. Orders from then on are compared, of customers who bought before.',
		},
		fieldNames,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				asOfDate,
				{
					displayName: 'Confidence',
					name: 'confidence',
					type: 'options',
					options: [
						{ name: '90 %', value: 0.9 },
						{ name: '95 %', value: 0.95 },
						{ name: '99 %', value: 0.99 },
					],
					default: 0.95,
					description: 'How often intervals made this way hold the true difference',
				},
				dateOrder,
			],
		},
	],
);

interface Measured {
	readonly customers: readonly CampaignCustomer[];
	readonly withoutGroup: number;
	readonly tooNew: number;
	/** Builds the summary of the second output. */
	readonly summary: (added: IDataObject, warnings: readonly string[]) => IDataObject;
}

export const execute: Operation = async (context) => {
	const fromOrders = context.getNodeParameter('inputItemIs', 0, 'order') !== 'customer';
	const groupOf = groupReader(context);
	if (!groupOf.ok) return groupOf;
	const measured = fromOrders
		? fromOrderItems(context, groupOf.value)
		: fromCustomerItems(context, groupOf.value);
	if (!measured.ok) return measured;
	const { customers, withoutGroup, tooNew, summary } = measured.value;
	const confidence = (optionsOf(context).confidence as Confidence | undefined) ?? 0.95;
	const report = measureLift(customers, {
		confidence,
		plannedHoldoutShare: plannedShare(context),
	});
	const links = linkToAll(context.getInputData().length);
	return success({
		items: measureJson(report).map((json) => ({ json, pairedItem: links })),
		summary: {
			json: summary(
				{
					confidence,
					...groupJson('treated', report.treated),
					...groupJson('holdout', report.holdout),
					customers_without_group: withoutGroup,
					customers_too_new: tooNew,
				},
				report.warnings,
			),
			pairedItem: links,
		},
	});
};

function fromOrderItems(context: IExecuteFunctions, groupOf: GroupReader): Result<Measured> {
	const start = momentOf(context.getNodeParameter('campaignStart', 0));
	if (start === undefined) {
		return refusal('lift.start', 'Campaign Start is empty. Enter the first day of the campaign.');
	}
	const read = readInput(context);
	if (!read.ok) return read;
	const input = read.value;
	const groups: Array<string | undefined> = [];
	input.summaries.rowOfOrder?.forEach((row, order) => {
		if (row >= 0) groups[row] ??= input.orders?.groups[order];
	});
	const outcome = campaignCustomers(
		input.summaries,
		(row) => groupOf(input.summaries.customer[row], groups[row]),
		civilDayOf(start, context.getTimezone()),
	);
	if (!outcome.ok) return outcome;
	return success({
		...outcome.value,
		summary: (added, warnings) =>
			summaryItem(
				context,
				input,
				'Measure Lift',
				added,
				warnings.map((message) => ({ code: 'lift', message })),
			).json,
	});
}

/** One item a customer: its orders and spend are those of the measured time, and may be 0. */
function fromCustomerItems(context: IExecuteFunctions, groupOf: GroupReader): Result<Measured> {
	const read = readCustomers(
		context.getInputData().map(({ json }) => json),
		{ fields: chosenFields(context), dateOrder: chosenDateOrder(context) },
	);
	const customers: CampaignCustomer[] = [];
	let withoutGroup = 0;
	let unreadable = 0;
	read.customers.forEach(({ customer, transactions, spend }, place) => {
		const revenue = spend === undefined ? NaN : Number(spend);
		const group = groupOf(customer, read.groups[place]);
		if (group === undefined) withoutGroup += 1;
		else if (!(transactions >= 0) || Number.isNaN(revenue)) unreadable += 1;
		else customers.push({ group, orders: transactions, revenue });
	});
	return success({
		customers,
		withoutGroup,
		tooNew: 0,
		summary: (added, warnings) => {
			const all =
				unreadable === 0
					? warnings
					: [
							`${unreadable} customers have no number of orders or no spend that can be read. Choose the Orders Field and the Spend Field.`,
							...warnings,
						];
			showWarnings(context, all);
			return {
				operation: 'Measure Lift',
				...added,
				customers_left_out: unreadable,
				fields_used: { ...read.fields },
				warnings: all,
			};
		},
	});
}

/** Group of a customer, from the word in the field or drawn again from the campaign's name and share. */
type GroupReader = (customer: string, word: string | undefined) => CampaignGroup | undefined;

function groupReader(context: IExecuteFunctions): Result<GroupReader> {
	if (context.getNodeParameter('groupFrom', 0) === 'field') {
		const holdout = (context.getNodeParameter('holdoutValue', 0) as string).trim().toLowerCase();
		return success((_, word) => {
			if (word === undefined) return undefined;
			return word.toLowerCase() === holdout ? 'holdout' : 'treated';
		});
	}
	const plan = {
		seed: context.getNodeParameter('campaignName', 0) as string,
		share: (context.getNodeParameter('holdoutPercent', 0) as number) / 100,
	};
	const trial = assignHoldout('anybody', plan);
	if (!trial.ok) return trial;
	return success((customer) => {
		const group = assignHoldout(customer, plan);
		return group.ok ? group.value : undefined;
	});
}

function plannedShare(context: IExecuteFunctions): number | undefined {
	if (context.getNodeParameter('groupFrom', 0) === 'field') return undefined;
	return (context.getNodeParameter('holdoutPercent', 0) as number) / 100;
}

function groupJson(name: string, result: GroupResult): IDataObject {
	return {
		[`customers_${name}`]: result.customers,
		[`buyers_${name}`]: result.buyers,
		[`repeat_rate_${name}`]: rounded(result.repeatRate, 4),
		[`orders_per_customer_${name}`]: rounded(result.ordersPerCustomer, 4),
		[`revenue_per_customer_${name}`]: rounded(result.revenuePerCustomer, 2),
	};
}

function measureJson(report: LiftReport): IDataObject[] {
	const measures = [
		['repeat_rate', 'repeatRate', 4],
		['orders_per_customer', 'ordersPerCustomer', 4],
		['revenue_per_customer', 'revenuePerCustomer', 2],
	] as const;
	return measures.map(([measure, name, decimals]) => ({
		measure,
		verdict: report[name].verdict,
		statement: liftStatement(report, name),
		treated: rounded(report.treated[name], decimals),
		holdout: rounded(report.holdout[name], decimals),
		...intervalJson(report[name], decimals),
	}));
}

function intervalJson({ interval, visibleFrom }: LiftMeasure, decimals: number): IDataObject {
	return {
		difference: rounded(interval?.difference ?? NaN, decimals),
		difference_low: rounded(interval?.low ?? NaN, decimals),
		difference_high: rounded(interval?.high ?? NaN, decimals),
		visible_from: rounded(visibleFrom ?? NaN, decimals),
	};
}
