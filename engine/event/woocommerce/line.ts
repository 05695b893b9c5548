import { allocate } from '../../money';
import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { countAt, field, namesAt, objectsAt, textAt } from '../body';
import { describingId } from '../identity';
import type { OrderLine } from '../storeEvent';
import { decodeEntities } from './entities';

/**
 * The lines of a WooCommerce order. `total` is without tax and after coupons (`subtotal` is before, `price` a float);
 * a fee below zero is how plugins take store credit or redeemed points off an order, so it lowers the lines in
 * proportion like any other discount on the order.
 */
export function readLines(amounts: Amounts, order: Body): OrderLine[] {
	const lines = objectsAt(order, 'line_items').map((line, index) => readLine(amounts, line, index));
	const taken = amounts.sum(
		feeAmounts(amounts, order).map((fee) => Math.min(0, fee.net)),
		'fees',
	);
	const takenTax = amounts.sum(
		feeAmounts(amounts, order).map((fee) => (fee.net < 0 ? fee.tax : 0)),
		'fees',
	);
	if (lines.length === 0 || (taken === 0 && takenTax === 0)) return lines;
	const weights = lines.map((line) => line.net);
	const nets = allocate(taken, weights);
	const taxes = allocate(takenTax, weights);
	return lines.map((line, index) => ({
		...line,
		net: line.net + nets[index],
		tax: line.tax + taxes[index],
	}));
}

function readLine(amounts: Amounts, line: Body, index: number): OrderLine {
	return {
		id: describingId(line, 'id') ?? String(index + 1),
		productId: describingId(line, 'product_id'),
		variantId: describingId(line, 'variation_id'),
		sku: textAt(line, 'sku'),
		title: decodeEntities(textAt(line, 'name') ?? ''),
		quantity: countAt(line, 'quantity') ?? 0,
		net: amounts.read(field(line, 'total'), 'the total of a line'),
		tax: amounts.read(field(line, 'total_tax'), 'the tax of a line'),
		giftCard: isGiftCard(line),
		categories: namesAt(line, 'categories').map(decodeEntities),
		tags: namesAt(line, 'tags').map(decodeEntities),
	};
}

/** WooCommerce sells no gift cards itself; these are the marks of the extensions that do. */
const GIFT_CARD_META = /^_?(?:wc_gc_giftcard|pw_gift_card|ywgc)_/;

function isGiftCard(line: Body): boolean {
	return objectsAt(line, 'meta_data', 200).some((meta) =>
		GIFT_CARD_META.test(textAt(meta, 'key') ?? ''),
	);
}

/** Extra charges of the order (net and tax), below zero for what plugins take off. */
export function feeAmounts(
	amounts: Amounts,
	order: Body,
): Array<{ readonly net: number; readonly tax: number }> {
	return objectsAt(order, 'fee_lines', 200).map((fee) => ({
		net: amounts.read(field(fee, 'total'), 'a fee'),
		tax: amounts.read(field(fee, 'total_tax'), 'the tax of a fee'),
	}));
}
