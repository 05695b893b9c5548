import type { Body } from '../body';
import { field, firstText, objectAt, textAt } from '../body';
import { describingId } from '../identity';
import type { Customer } from '../storeEvent';

/** A WooCommerce customer resource. Core has no marketing consent; plugins keep it where only they know. */
export function readCustomer(body: Body): Customer {
	const billing = objectAt(body, 'billing');
	return {
		id: describingId(body, 'id'),
		email: textAt(body, 'email') ?? textAt(billing, 'email'),
		phone: textAt(billing, 'phone'),
		firstName: textAt(body, 'first_name') ?? textAt(billing, 'first_name'),
		lastName: textAt(body, 'last_name') ?? textAt(billing, 'last_name'),
		locale: textAt(body, 'locale'),
		consent: 'unknown',
		orderCount: null,
		tags: [],
	};
}

/** Who bought: the account (`customer_id`, 0 for guests) with the billing data. Null where there is nothing to know a person by. */
export function readBuyer(order: Body): Customer | null {
	const billing = objectAt(order, 'billing');
	const buyer: Customer = {
		id: describingId(order, 'customer_id'),
		email: textAt(billing, 'email'),
		phone: textAt(billing, 'phone'),
		firstName: textAt(billing, 'first_name'),
		lastName: textAt(billing, 'last_name'),
		locale: null,
		consent: 'unknown',
		orderCount: null,
		tags: [],
	};
	return buyer.id === null && buyer.email === null && buyer.phone === null ? null : buyer;
}

/** Whether a body is a customer: resources carry no type, so it goes by the fields only customers have. */
export function looksLikeCustomer(body: Body): boolean {
	return (
		firstText(body, 'email', 'username') !== null && field(body, 'is_paying_customer') !== undefined
	);
}
