import type { Body } from '../body';
import { field, firstText, flagAt, namesAt, numberAt, objectAt, textAt } from '../body';
import type { Consent, Customer } from '../storeEvent';
import { shopifyId } from './ids';

/** A Shopify customer object (customers/create, and inside orders and checkouts). */
export function readCustomer(body: Body): Customer {
	const id = shopifyId(body);
	const orders = numberAt(body, 'orders_count');
	return {
		id: id === 'inexact' ? null : id,
		email: textAt(body, 'email'),
		phone: textAt(body, 'phone'),
		firstName: textAt(body, 'first_name'),
		lastName: textAt(body, 'last_name'),
		locale: textAt(body, 'locale'),
		consent: readConsent(body),
		orderCount: orders !== null && Number.isSafeInteger(orders) && orders >= 0 ? orders : null,
		tags: namesAt(body, 'tags'),
	};
}

/**
 * Who bought, from an order or a checkout. Guests, drafts and sales at the till have no customer object, or an
 * e-mail of "", or only a phone number; the account's own data goes first because the order's e-mail may be a one-off.
 * Null where there is nothing to know a person by.
 */
export function readBuyer(order: Body): Customer | null {
	const account = objectAt(order, 'customer');
	const known = account ? readCustomer(account) : NOBODY;
	const billing = objectAt(order, 'billing_address');
	const buyer: Customer = {
		...known,
		email: known.email ?? firstText(order, 'email', 'contact_email'),
		phone: known.phone ?? textAt(order, 'phone') ?? textAt(billing, 'phone'),
		firstName: known.firstName ?? textAt(billing, 'first_name'),
		lastName: known.lastName ?? textAt(billing, 'last_name'),
		locale: firstText(order, 'customer_locale') ?? known.locale,
		consent:
			known.consent === 'unknown' && !isConsentOpen(account)
				? asConsent(flagAt(order, 'buyer_accepts_marketing'))
				: known.consent,
	};
	return buyer.id === null && buyer.email === null && buyer.phone === null ? null : buyer;
}

const NOBODY: Customer = {
	id: null,
	email: null,
	phone: null,
	firstName: null,
	lastName: null,
	locale: null,
	consent: 'unknown',
	orderCount: null,
	tags: [],
};

/**
 * Shopify states consent in an object; null there means it was never asked. API versions before 2023 have a
 * boolean instead. A double opt-in that is still pending is neither yes nor no.
 */
function readConsent(body: Body): Consent {
	const state = textAt(objectAt(body, 'email_marketing_consent'), 'state')?.toLowerCase();
	if (state === 'subscribed') return 'yes';
	if (state === 'pending') return 'unknown';
	if (state !== undefined) return 'no';
	return asConsent(flagAt(body, 'accepts_marketing'));
}

/** A pending opt-in is the customer's latest word: the box ticked in the checkout must not overrule it. */
function isConsentOpen(account: Body | undefined): boolean {
	return field(objectAt(account, 'email_marketing_consent'), 'state') === 'pending';
}

function asConsent(flag: boolean | null): Consent {
	return flag === null ? 'unknown' : flag ? 'yes' : 'no';
}
