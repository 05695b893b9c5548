import { allocate } from '../../money';
import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { countAt, numberAt, objectAt, objectsAt } from '../body';
import { idAt } from '../identity';
import type { RefundLine } from '../storeEvent';
import { readWithheld } from './adjustment';
import { optionalShopMoney, shopMoney } from './money';

interface Priced {
	readonly body: Body;
	readonly subtotal: number;
	readonly tax: number;
}

/**
 * The goods given back with what was paid back for them, tax included, minor units. Their prices say what they were worth;
 * where less than that was paid back, each line gets its share of the money.
 */
export function readRefundLines(
	amounts: Amounts,
	refund: Body,
	paidForGoods: number,
	taxesIncluded: boolean | null,
): RefundLine[] {
	const lines = objectsAt(refund, 'refund_line_items').map((body) => ({
		body,
		subtotal: readSubtotal(amounts, body),
		tax: shopMoney(amounts, body, 'total_tax'),
	}));
	const included =
		taxesIncluded ??
		includedByRate(lines) ??
		includedByMoney(amounts, lines, [paidForGoods, paidForGoods + readWithheld(amounts, refund)]);
	const worth = lines.map(({ subtotal, tax }) => Math.max(0, included ? subtotal : subtotal + tax));
	const worthInAll = amounts.sum(worth, 'the lines');
	const paid = worthInAll > paidForGoods ? allocate(paidForGoods, worth) : worth;
	return lines.flatMap(({ body }, index) => {
		const lineId = idAt(body, 'line_item_id');
		return lineId === null || lineId === 'inexact'
			? []
			: [{ lineId, quantity: countAt(body, 'quantity') ?? 0, amount: paid[index] }];
	});
}

/** What the goods of a refund line cost; old API versions only say so by the price of the order's line. */
function readSubtotal(amounts: Amounts, line: Body): number {
	const subtotal = optionalShopMoney(amounts, line, 'subtotal');
	if (subtotal !== null) return subtotal;
	const price = shopMoney(amounts, objectAt(line, 'line_item'), 'price');
	return amounts.sum([Math.round(price * (countAt(line, 'quantity') ?? 0))], 'a line');
}

/**
 * Whether prices include tax, as the rates show that Shopify repeats with each line of a refund that comes alone: at a
 * rate r, the tax on a price p is p × r ÷ (1 + r) if the price includes it and p × r if it does not. Null where that tells nothing
 * (no rates, no tax, amounts of a few cents) or the lines disagree.
 */
function includedByRate(lines: readonly Priced[]): boolean | null {
	const found = new Set<boolean>();
	for (const { body, subtotal, tax } of lines) {
		const taxLines = objectsAt(objectAt(body, 'line_item'), 'tax_lines');
		const rate = taxLines.reduce((sum, taxLine) => sum + (numberAt(taxLine, 'rate') ?? 0), 0);
		if (rate <= 0 || tax <= 0) continue;
		// Each tax of a line is rounded by itself, and once more for the part of the line that came back.
		const isAbout = (expected: number) => Math.abs(tax - expected) <= taxLines.length + 1;
		const within = isAbout((subtotal * rate) / (1 + rate));
		const onTop = isAbout(subtotal * rate);
		if (within !== onTop) found.add(within);
	}
	return found.size === 1 ? found.has(true) : null;
}

/**
 * The same as the money shows: what the refund was worth, which is what was paid back, or that and what the shop withheld, comes to
 * the prices with tax or without. Where it shows neither, tax counts as coming on top.
 */
function includedByMoney(
	amounts: Amounts,
	lines: readonly Priced[],
	worths: readonly number[],
): boolean {
	const subtotal = amounts.sum(
		lines.map((line) => line.subtotal),
		'the lines',
	);
	const withTax = amounts.sum([subtotal, ...lines.map((line) => line.tax)], 'the lines');
	return worths.includes(subtotal) && !worths.includes(withTax);
}
