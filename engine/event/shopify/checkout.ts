import { currencyExponent, parseMinor } from '../../money';
import type { Body } from '../body';
import { countAt, firstText, objectsAt, textAt } from '../body';
import { instantAt } from '../dates';
import { describingId } from '../identity';
import type { Checkout } from '../storeEvent';
import { readBuyer } from './customer';
import { shopifyId } from './ids';

/** A Shopify checkout; null where it has neither id nor token. Its id is only ever compared with itself. */
export function readCheckout(body: Body): Checkout | null {
	const id = shopifyId(body);
	const token = firstText(body, 'token', 'cart_token');
	const key = id === 'inexact' ? token : (id ?? token);
	if (key === null) return null;
	const currency = textAt(body, 'currency', 10)?.toUpperCase() ?? null;
	const known = currency !== null && currencyExponent(currency) !== undefined;
	const total = known ? parseMinor(textAt(body, 'total_price') ?? '', currency) : null;
	return {
		id: key,
		token,
		customer: readBuyer(body),
		currency: known ? currency : null,
		total: total?.ok ? total.value : null,
		recoveryUrl: textAt(body, 'abandoned_checkout_url', 2000),
		completedAt: instantAt(body, 'completed_at'),
		lines: objectsAt(body, 'line_items').map((line) => ({
			productId: describingId(line, 'product_id'),
			title: firstText(line, 'title', 'presentment_title', 'name') ?? '',
			quantity: countAt(line, 'quantity') ?? 0,
		})),
	};
}
