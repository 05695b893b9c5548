import { allocate } from '../../money';
import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { countAt, field, flagAt, firstText, namesAt, objectsAt, textAt } from '../body';
import { describingId } from '../identity';
import type { OrderLine } from '../storeEvent';
import { shopifyId } from './ids';
import { optionalShopMoney, shopMoney, shopMoneySum } from './money';

/**
 * The lines of a Shopify order, without tax and after discounts.
 *
 * What a line really cost is `price × quantity` less its `discount_allocations`, which hold the line's own discounts and its
 * share of the order's; `total_discount` is "0.00" beside them and only counts where there are no allocations. Bodies of old
 * API versions without any keep the order's discount in `total_discounts` alone.
 */
export function readLines(amounts: Amounts, order: Body, warnings: string[]): OrderLine[] {
	const taxesIncluded = flagAt(order, 'taxes_included') === true;
	const bodies = objectsAt(order, 'line_items');
	const discounts = readDiscounts(amounts, order, bodies);
	const lines = bodies.map((line, index) =>
		readLine(amounts, line, index, discounts[index], taxesIncluded),
	);

	const orderTax = shopMoney(amounts, order, 'total_tax');
	const silentOnTax = bodies.every((line) => field(line, 'tax_lines') === undefined);
	if (lines.length === 0 || orderTax <= 0 || !silentOnTax) return lines;

	warnings.push(
		'The lines carry no tax, so the tax of the order was shared out over them by price.',
	);
	const taxes = allocate(
		orderTax,
		lines.map((line) => line.net),
	);
	return lines.map((line, index) => ({
		...line,
		tax: taxes[index],
		net: taxesIncluded ? line.net - taxes[index] : line.net,
	}));
}

/**
 * The discount of each line. Where no line carries allocations, what `total_discounts` says beyond the lines' own discounts is
 * shared out by price, exactly, if the lines then come to `subtotal_price`; else it was on shipping, or is not known.
 */
function readDiscounts(amounts: Amounts, order: Body, lines: readonly Body[]): number[] {
	const isAllocated = (line: Body) => field(line, 'discount_allocations') !== undefined;
	const own = lines.map((line) =>
		isAllocated(line)
			? shopMoneySum(amounts, line, 'discount_allocations', 'amount')
			: shopMoney(amounts, line, 'total_discount'),
	);
	if (lines.length === 0 || lines.some(isAllocated)) return own;
	const shared = amounts.sum(
		[shopMoney(amounts, order, 'total_discounts'), ...own.map((discount) => -discount)],
		'discounts',
	);
	if (shared <= 0) return own;
	const prices = lines.map((line, index) =>
		amounts.sum([priceOf(amounts, line), -own[index]], 'a line'),
	);
	const left = amounts.sum([...prices, -shared], 'the lines');
	if (left !== optionalShopMoney(amounts, order, 'subtotal_price')) return own;
	const shares = allocate(shared, prices);
	return own.map((discount, index) => discount + shares[index]);
}

/** The price of a line before its discounts. */
function priceOf(amounts: Amounts, line: Body): number {
	return Math.round(shopMoney(amounts, line, 'price') * (countAt(line, 'quantity') ?? 0));
}

function readLine(
	amounts: Amounts,
	line: Body,
	index: number,
	discount: number,
	taxesIncluded: boolean,
): OrderLine {
	const id = shopifyId(line);
	const quantity = countAt(line, 'quantity') ?? 0;
	const tax = shopMoneySum(amounts, line, 'tax_lines', 'price');
	const gross = amounts.sum([priceOf(amounts, line), -discount], 'a line');
	return {
		id: id === null || id === 'inexact' ? String(index + 1) : id,
		productId: describingId(line, 'product_id'),
		variantId: describingId(line, 'variant_id'),
		sku: textAt(line, 'sku'),
		title: firstText(line, 'title', 'name') ?? '',
		quantity,
		net: taxesIncluded ? amounts.sum([gross, -tax], 'a line') : gross,
		tax,
		giftCard: flagAt(line, 'gift_card') === true,
		categories: [...namesAt(line, 'categories'), ...namesAt(line, 'collections')],
		tags: namesAt(line, 'tags'),
	};
}

/** Shipping without tax and after its discounts; lines an edit took out do not count. */
export function readShipping(amounts: Amounts, order: Body): { net: number; tax: number } {
	const taxesIncluded = flagAt(order, 'taxes_included') === true;
	if (!Array.isArray(field(order, 'shipping_lines'))) {
		return { net: shopMoney(amounts, order, 'total_shipping_price'), tax: 0 };
	}
	const kept = objectsAt(order, 'shipping_lines').filter(
		(line) => flagAt(line, 'is_removed') !== true,
	);
	const gross = kept.map(
		(line) =>
			optionalShopMoney(amounts, line, 'discounted_price') ??
			shopMoney(amounts, line, 'price') -
				shopMoneySum(amounts, line, 'discount_allocations', 'amount'),
	);
	const tax = amounts.sum(
		kept.map((line) => shopMoneySum(amounts, line, 'tax_lines', 'price')),
		'shipping tax',
	);
	const total = amounts.sum(gross, 'shipping');
	return { net: taxesIncluded ? total - tax : total, tax };
}
