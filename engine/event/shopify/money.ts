import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { field, objectAt, objectsAt, textAt } from '../body';

/** Where each amount is written as a pair of the shop's and the customer's money. */
const PAIRS = {
	amount: 'amount_set',
	current_total_price: 'current_total_price_set',
	discounted_price: 'discounted_price_set',
	price: 'price_set',
	subtotal: 'subtotal_set',
	subtotal_amount: 'subtotal_amount_set',
	subtotal_price: 'subtotal_price_set',
	tax_amount: 'tax_amount_set',
	total_discount: 'total_discount_set',
	total_discounts: 'total_discounts_set',
	total_duties: 'total_duties_set',
	total_outstanding: 'total_outstanding_set',
	total_price: 'total_price_set',
	total_shipping_price: 'total_shipping_price_set',
	total_tax: 'total_tax_set',
} as const;

export type AmountName = keyof typeof PAIRS;

/**
 * The amount `name` of a Shopify object in the shop's currency, in minor units; null where it is missing.
 *
 * Newer versions write each amount as a pair in `<name>_set`; the bare field beside it is a string, sometimes a
 * JSON number, and in places the customer's currency. So the pair goes first.
 */
export function optionalShopMoney(
	amounts: Amounts,
	body: Body | undefined,
	name: AmountName,
): number | null {
	const shop = objectAt(objectAt(body, PAIRS[name]), 'shop_money');
	return amounts.optional(field(shop, 'amount'), name) ?? amounts.optional(field(body, name), name);
}

/** As `optionalShopMoney`, with 0 for nothing. */
export function shopMoney(amounts: Amounts, body: Body | undefined, name: AmountName): number {
	return optionalShopMoney(amounts, body, name) ?? 0;
}

/** The sum of one field over a list, e.g. `price` over `tax_lines`. */
export function shopMoneySum(amounts: Amounts, body: Body, list: string, name: AmountName): number {
	const items = field(body, list);
	if (!Array.isArray(items) || items.length === 0) return 0;
	return amounts.sum(
		objectsAt(body, list).map((item) => shopMoney(amounts, item, name)),
		list,
	);
}

/** The shop's currency as a `<name>_set` pair states it. */
export function shopCurrencyOf(body: Body | undefined, name: AmountName): string | null {
	return textAt(objectAt(objectAt(body, PAIRS[name]), 'shop_money'), 'currency_code');
}
