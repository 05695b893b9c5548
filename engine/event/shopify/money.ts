import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { field, objectAt, objectsAt, textAt } from '../body';

/**
 * The amount `name` of a Shopify object in the shop's currency, in minor units; null where it is missing.
 *
 * Newer versions write each amount as a pair in `<name>_set`; the bare field beside it is a string, sometimes a
 * JSON number, and in places the customer's currency. So the pair goes first.
 */
export function optionalShopMoney(
	amounts: Amounts,
	body: Body | undefined,
	name: string,
): number | null {
	const shop = objectAt(objectAt(body, `${name}_set`), 'shop_money');
	return amounts.optional(field(shop, 'amount'), name) ?? amounts.optional(field(body, name), name);
}

/** As `optionalShopMoney`, with 0 for nothing. */
export function shopMoney(amounts: Amounts, body: Body | undefined, name: string): number {
	return optionalShopMoney(amounts, body, name) ?? 0;
}

/** The sum of one field over a list, e.g. `price` over `tax_lines`. */
export function shopMoneySum(amounts: Amounts, body: Body, list: string, name: string): number {
	return amounts.sum(
		objectsAt(body, list).map((item) => shopMoney(amounts, item, name)),
		list,
	);
}

/** The shop's currency as a `<name>_set` pair states it. */
export function shopCurrencyOf(body: Body | undefined, name: string): string | null {
	return textAt(objectAt(objectAt(body, `${name}_set`), 'shop_money'), 'currency_code');
}
