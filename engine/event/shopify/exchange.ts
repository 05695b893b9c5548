import type { Ratio } from '../../money';
import { isRoundable, multiplyRatio, parseMinor, ratio, roundRatio } from '../../money';
import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { field, firstText, objectAt, objectsAt, textAt } from '../body';

/**
 * What one minor unit of the customer's currency was worth in the shop's, as this very order or refund states it in its
 * pairs of amounts. Payments are in the customer's currency; everything else is counted in the shop's.
 */
export interface Exchange {
	readonly currency: string;
	readonly rate: Ratio;
}

/** The exchange an order was made at, null where both currencies are the same or the body does not say. */
export function orderExchange(amounts: Amounts, order: Body): Exchange | null {
	return exchangeOf(amounts, [objectAt(order, 'total_price_set')]);
}

/**
 * The exchange a refund was made at, from the amounts it consists of. When they add up to what was paid back, the
 * converted payment is to the cent what they add up to in the shop's currency.
 */
export function refundExchange(amounts: Amounts, refund: Body): Exchange | null {
	const lines = objectsAt(refund, 'refund_line_items');
	return (
		exchangeOf(amounts, [
			...lines.flatMap((line) => [objectAt(line, 'subtotal_set'), objectAt(line, 'total_tax_set')]),
			...objectsAt(refund, 'refund_shipping_lines').map((line) =>
				objectAt(line, 'subtotal_amount_set'),
			),
		]) ??
		exchangeOf(
			amounts,
			objectsAt(refund, 'order_adjustments').map((adjustment) =>
				objectAt(adjustment, 'amount_set'),
			),
		) ??
		exchangeOf(
			amounts,
			objectsAt(refund, 'transactions').map((payment) => objectAt(payment, 'total_unsettled_set')),
		)
	);
}

/** A payment's amount in the shop's currency; 0 and a fault where there is no rate to convert it at. */
export function paymentInShopMoney(
	amounts: Amounts,
	payment: Body,
	exchange: Exchange | null,
): number {
	const currency = (textAt(payment, 'currency', 10) ?? amounts.currency).toUpperCase();
	const amount = field(payment, 'amount');
	if (currency === amounts.currency) return amounts.read(amount, 'a payment');
	if (exchange?.currency !== currency) {
		amounts.refuse(
			'exchangeRateMissing',
			`a payment is in ${currency} and the shop counts in ${amounts.currency}, but the exchange rate is not stated.`,
		);
		return 0;
	}
	const paid = amounts.in(currency).read(amount, 'a payment');
	const converted = multiplyRatio(ratio(paid), exchange.rate);
	if (isRoundable(converted)) return roundRatio(converted, 'halfEven');
	amounts.refuse('amountTooLarge', 'a payment is larger than any order can be.');
	return 0;
}

function exchangeOf(amounts: Amounts, pairs: ReadonlyArray<Body | undefined>): Exchange | null {
	let currency: string | null = null;
	let inShop = 0n;
	let inTheirs = 0n;
	for (const pair of pairs) {
		const shop = objectAt(pair, 'shop_money');
		const theirs = objectAt(pair, 'presentment_money');
		const code = firstText(theirs, 'currency_code', 'currency')?.toUpperCase() ?? null;
		const ours = firstText(shop, 'currency_code', 'currency')?.toUpperCase();
		if (code === null || ours !== amounts.currency || code === ours) continue;
		const shopAmount = parseMinor(textAt(shop, 'amount') ?? '', ours);
		const theirAmount = parseMinor(textAt(theirs, 'amount') ?? '', code);
		if (!shopAmount.ok || !theirAmount.ok) continue;
		currency ??= code;
		if (currency !== code) return null;
		inShop += BigInt(Math.abs(shopAmount.value));
		inTheirs += BigInt(Math.abs(theirAmount.value));
	}
	return currency !== null && inTheirs > 0n ? { currency, rate: ratio(inShop, inTheirs) } : null;
}
