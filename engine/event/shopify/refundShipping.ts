import { allocate } from '../../money';
import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { objectAt, objectsAt, textAt } from '../body';
import { optionalShopMoney, shopMoney, shopMoneySum } from './money';

/** Shipping paid back if prices include tax, and if tax comes on top of them; minor units. */
export interface RefundedShipping {
	readonly within: number;
	readonly onTop: number;
}

/**
 * Shipping paid back, with its tax. Shopify writes it as a negative adjustment of kind `shipping_refund`, newer versions
 * also as `refund_shipping_lines`: the same money twice, so only one of the two counts. The lines repeat the order's shipping
 * line, whose tax tells theirs where they do not state it.
 */
export function readRefundedShipping(amounts: Amounts, body: Body): RefundedShipping {
	const adjustments = objectsAt(body, 'order_adjustments').filter(
		(adjustment) => textAt(adjustment, 'kind') === 'shipping_refund',
	);
	if (adjustments.length > 0) {
		const whole = Math.abs(
			amounts.sum(
				adjustments.flatMap((adjustment) => [
					shopMoney(amounts, adjustment, 'amount'),
					shopMoney(amounts, adjustment, 'tax_amount'),
				]),
				'shipping',
			),
		);
		return { within: whole, onTop: whole };
	}
	const lines = objectsAt(body, 'refund_shipping_lines');
	const within = amounts.sum(
		lines.map((line) => shopMoney(amounts, line, 'subtotal_amount')),
		'shipping',
	);
	const taxes = lines.map((line) => readShippingTax(amounts, line));
	return { within, onTop: amounts.sum([within, ...taxes], 'shipping') };
}

/** The tax on what was paid back of a shipping line, of which a part may have stayed. */
function readShippingTax(amounts: Amounts, line: Body): number {
	const stated = optionalShopMoney(amounts, line, 'tax_amount');
	if (stated !== null) return stated;
	const shipping = objectAt(line, 'shipping_line');
	if (shipping === undefined) return 0;
	const price = shopMoney(amounts, shipping, 'discounted_price');
	const tax = shopMoneySum(amounts, shipping, 'tax_lines', 'price');
	const part = Math.min(price, shopMoney(amounts, line, 'subtotal_amount'));
	return part > 0 && tax > 0 ? allocate(tax, [part, price - part])[0] : 0;
}
