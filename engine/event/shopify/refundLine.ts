import { allocate } from '../../money';
import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { countAt, objectAt, objectsAt } from '../body';
import { idAt } from '../identity';
import type { RefundLine } from '../storeEvent';
import { optionalShopMoney, shopMoney } from './money';

/** A line of a refund as Shopify prices it, minor units; whether `subtotal` includes `tax` is the order's setting. */
export interface PricedLine {
	readonly body: Body;
	readonly subtotal: number;
	readonly tax: number;
}

export function readPricedLines(amounts: Amounts, refund: Body): PricedLine[] {
	return objectsAt(refund, 'refund_line_items').map((body) => ({
		body,
		subtotal: readSubtotal(amounts, body),
		tax: shopMoney(amounts, body, 'total_tax'),
	}));
}

/**
 * The goods given back with what was paid back for them, tax included, minor units. Their prices say what they were worth;
 * where less than that was paid back, each line gets its share of the money.
 */
export function refundLines(
	amounts: Amounts,
	lines: readonly PricedLine[],
	taxesIncluded: boolean,
	paidForGoods: number,
): RefundLine[] {
	const worth = lines.map(({ subtotal, tax }) =>
		Math.max(0, taxesIncluded ? subtotal : subtotal + tax),
	);
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
