import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { objectsAt, textAt } from '../body';
import { shopMoney } from './money';

/**
 * What a refund was worth by its goods and shipping beyond the money that went back for it, minor units; 0 where more went
 * back. Shopify states the difference as an adjustment of kind `refund_discrepancy`, tax included; newer versions drop the kind
 * together with the adjustments for shipping.
 */
export function readWithheld(amounts: Amounts, refund: Body): number {
	const differences = objectsAt(refund, 'order_adjustments')
		.filter((adjustment) => textAt(adjustment, 'kind') !== 'shipping_refund')
		.flatMap((adjustment) => [
			shopMoney(amounts, adjustment, 'amount'),
			shopMoney(amounts, adjustment, 'tax_amount'),
		]);
	return Math.max(0, amounts.sum(differences, 'an adjustment'));
}
