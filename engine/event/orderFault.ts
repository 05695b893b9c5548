import { currencyExponent } from '../money';
import type { Reason } from '../result';

/** An order that lacks what counting it takes; `subject` is what messages call it, "Shopify order #1001". */
export function incompleteOrder(subject: string, missing: readonly string[]): Reason {
	return {
		code: 'orderIncomplete',
		message: `${subject} came without ${missing.join(', ')}, so it cannot be counted. Let the shop send the whole order.`,
	};
}

/** Why the currency cannot be used, null if it can. */
export function currencyFault(subject: string, currency: string): Reason | null {
	if (currencyExponent(currency) !== undefined) return null;
	return {
		code: 'currencyUnknown',
		message: `${subject} is in "${currency.slice(0, 20)}", which is not an ISO 4217 currency.`,
	};
}

/** An id that no longer tells its object from others. */
export function inexactId(subject: string): Reason {
	return {
		code: 'idInexact',
		message: `${subject}: its id lost digits on the way. Use the Store Event Trigger, which reads the original text.`,
	};
}
