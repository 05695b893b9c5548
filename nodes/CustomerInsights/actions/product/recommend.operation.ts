import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findRules, LARGEST_BASKET, Recommender } from '../../../../engine/insight/affinity';
import type { RuleReport } from '../../../../engine/insight/affinity';
import type { Warning } from '../../../../engine/insight/types';
import { success } from '../../../../engine/result';
import { customerItems } from '../../customerItems';
import { asOfDate, dateOrder } from '../../inputFields';
import { linkTo, linkToAll, pick, rounded } from '../../output';
import { optionsOf, readInput, type InsightInput } from '../../readInput';
import { summaryItem } from '../../summaryItem';
import { shownFor, type Operation } from '../operation';

const SIMPLIFIED_CUSTOMER = [
	'customer',
	'email',
	'name',
	'recommended_product',
	'recommended_product_id',
	'because_bought',
	'confidence',
	'lift',
	'more_recommendations',
];
const SIMPLIFIED_PAIR = [
	'product',
	'product_id',
	'goes_with',
	'goes_with_id',
	'bought_together',
	'support',
	'confidence',
	'lift',
];

export const description: INodeProperties[] = shownFor(
	'product',
	['recommend'],
	[
		{
			displayName: 'Recommend For',
			name: 'recommendFor',
			type: 'options',
			options: [
				{
					name: 'Each Customer',
					value: 'customer',
					description: 'What goes with what they bought, without what they have',
				},
				{
					name: 'Each Product',
					value: 'product',
					description: 'Pairs of products that are bought together',
				},
			],
			default: 'customer',
		},
	],
);

export const options: INodeProperties[] = shownFor(
	'product',
	['recommend'],
	[
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				asOfDate,
				{
					displayName: 'Bought Together Means',
					name: 'basket',
					type: 'options',
					options: [
						{ name: 'By the Same Customer', value: 'customer' },
						{ name: 'In the Same Order', value: 'order' },
					],
					default: 'order',
					description: 'Take the same customer where most orders hold one product',
				},
				dateOrder,
				{
					displayName: 'Least Lift',
					name: 'minLift',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 2 },
					default: 1.2,
					description: 'How many times more often than by chance two products have to meet',
				},
				{
					displayName: 'Least Times Together',
					name: 'minTogether',
					type: 'number',
					typeOptions: { minValue: 3 },
					default: 3,
					description: 'Pairs seen together less often are coincidence; 3 is the least',
				},
				{
					displayName: 'Recommendations per Customer',
					name: 'perCustomer',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 3,
					description: 'How many products are named for a customer at most',
				},
			],
		},
	],
);

export const execute: Operation = async (context) => {
	const read = readInput(context);
	if (!read.ok) return read;
	const input = read.value;
	const chosen = optionsOf(context);
	const purchases = purchasesOf(input);
	const report = findRules(
		chosen.basket === 'customer' ? purchases.ofRow.map((set) => [...set]) : purchases.ofOrder,
		{
			minTogether: (chosen.minTogether as number | undefined) ?? 3,
			maxFalseShare: 0.05,
			minLift: (chosen.minLift as number | undefined) ?? 1.2,
		},
	);
	const nameOf = (product: string): string => purchases.names.get(product) ?? product;
	const forProducts = context.getNodeParameter('recommendFor', 0, 'customer') === 'product';
	const limit = (chosen.perCustomer as number | undefined) ?? 3;
	const recommender = new Recommender(report.rules);
	const found = purchases.ofRow.map((owned) => recommender.recommend(owned, limit));
	const withRecommendation = found.filter((list) => list.length > 0).length;
	const items = forProducts
		? pairItems()
		: customerItems(context, input, {
				simplified: SIMPLIFIED_CUSTOMER,
				json: (row) => {
					const [first, ...more] = found[row];
					return {
						recommended_product: first === undefined ? null : nameOf(first.product),
						recommended_product_id: first?.product ?? null,
						because_bought: first === undefined ? null : nameOf(first.because),
						confidence: rounded(first?.confidence ?? NaN, 4),
						lift: rounded(first?.lift ?? NaN, 2),
						more_recommendations: more.map(({ product }) => nameOf(product)).join(', '),
						recommendations: found[row].map(({ product, because, confidence, lift }) => ({
							product: nameOf(product),
							product_id: product,
							because_bought: nameOf(because),
							confidence: rounded(confidence, 4),
							lift: rounded(lift, 2),
						})),
					};
				},
			});
	return success({
		items,
		summary: summaryItem(
			context,
			input,
			'Recommend',
			{
				pairs_found: report.rules.length / 2,
				pairs_tested: report.pairsTested,
				products: report.products,
				baskets: report.baskets,
				baskets_too_large: report.oversizedBaskets,
				customers_with_recommendation: withRecommendation,
			},
			ruleWarnings(report),
		),
	});

	function pairItems(): INodeExecutionData[] {
		const short = context.getNodeParameter('simplify', 0, true) as boolean;
		const all = context.getNodeParameter('returnAll', 0, true) as boolean;
		const most = all ? report.rules.length : (context.getNodeParameter('limit', 0, 50) as number);
		return report.rules.slice(0, most).map((rule) => {
			const whole = {
				product: nameOf(rule.product),
				product_id: rule.product,
				goes_with: nameOf(rule.goesWith),
				goes_with_id: rule.goesWith,
				bought_together: rule.together,
				support: rounded(rule.support, 5),
				confidence: rounded(rule.confidence, 4),
				lift: rounded(rule.lift, 2),
				p_value: rule.pValue,
			};
			return {
				json: short ? pick(whole, SIMPLIFIED_PAIR) : whole,
				pairedItem: pairLinks(rule.product, rule.goesWith),
			};
		});
	}

	/** The orders with both products; all input where the two met in different orders of a customer. */
	function pairLinks(product: string, other: string) {
		const orders = purchases.ordersOf.get(product) ?? [];
		const others = new Set(purchases.ordersOf.get(other) ?? []);
		const both = orders.filter((order) => others.has(order));
		return both.length === 0
			? linkToAll(input.itemCount)
			: linkTo(both.flatMap((order) => input.orders?.rowsOfOrder[order] ?? []));
	}
};

interface Purchases {
	/** Products of each order that counts. */
	readonly ofOrder: string[][];
	/** Products of each row of the summaries. */
	readonly ofRow: Array<Set<string>>;
	/** Orders with a product, by their places. */
	readonly ordersOf: Map<string, number[]>;
	readonly names: Map<string, string>;
}

function purchasesOf({ orders, summaries }: InsightInput): Purchases {
	const ofOrder: string[][] = [];
	const ofRow = Array.from({ length: summaries.count }, () => new Set<string>());
	const ordersOf = new Map<string, number[]>();
	const names = new Map<string, string>();
	orders?.orders.forEach((order, place) => {
		const row = summaries.rowOfOrder?.[place] ?? -1;
		if (row < 0) return;
		const products = new Set((order.lines ?? []).map(({ product }) => product));
		for (const { product, name } of order.lines ?? []) if (name) names.set(product, name);
		for (const product of products) {
			ofRow[row].add(product);
			const known = ordersOf.get(product);
			if (known === undefined) ordersOf.set(product, [place]);
			else known.push(place);
		}
		ofOrder.push([...products]);
	});
	return { ofOrder, ofRow, ordersOf, names };
}

function ruleWarnings(report: RuleReport): Warning[] {
	const warnings: Warning[] = [];
	if (report.baskets === 0) {
		warnings.push({
			code: 'no_lines',
			message:
				'No order names its products, so nothing can be recommended. Add the lines of the orders, or choose the field that holds them.',
		});
	} else if (report.rules.length === 0) {
		warnings.push({
			code: 'no_rules',
			message:
				'No two products are bought together more often than chance explains. More orders help, or "By the Same Customer" under Bought Together Means.',
		});
	}
	if (report.oversizedBaskets > 0) {
		warnings.push({
			code: 'oversized_baskets',
			message: `${report.oversizedBaskets} orders with more than ${LARGEST_BASKET} different products were left out: wholesale orders say little about taste.`,
		});
	}
	return warnings;
}
