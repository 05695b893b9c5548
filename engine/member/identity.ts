import type { Customer } from '../event';
import type { Profile } from '../ledger';
import { refusal, success, type Result } from '../result';

const LONGEST_EMAIL = 254;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * The e-mail address as members are told apart by it: trimmed and in lower case (rule 41). Refuses what is no address
 * (`emailInvalid`).
 */
export function normaliseEmail(email: string): Result<string> {
	const normal = email.trim().toLowerCase();
	return normal.length <= LONGEST_EMAIL && EMAIL.test(normal)
		? success(normal)
		: refusal('emailInvalid', `"${email.slice(0, 80)}" is not an e-mail address.`);
}

/**
 * Who a customer is in the ledger: their e-mail, or the shop's own id where the programme says so. Refuses when there is
 * nothing to tell them by (`noIdentity`); `what` names the order or customer in the message.
 */
export function memberOf(
	customer: Customer | null,
	store: string,
	identity: 'email' | 'customerId',
	what: string,
): Result<string> {
	if (identity === 'customerId') {
		if (customer?.id) return success(`${store}:${customer.id}`);
		return refusal(
			'noIdentity',
			`${what} has no customer account, so nobody can be given points. The programme tells members apart by their account in the shop.`,
		);
	}
	const email = customer?.email?.trim();
	if (!email) {
		return refusal(
			'noIdentity',
			`${what} has no e-mail address, so nobody can be given points for it.`,
		);
	}
	return normaliseEmail(email);
}

/** What a shop says about a customer, as the ledger keeps it. */
export function profileOf(customer: Customer): Profile {
	const email = customer.email === null ? null : normaliseEmail(customer.email);
	return {
		email: email?.ok ? email.value : null,
		phone: customer.phone,
		firstName: customer.firstName,
		lastName: customer.lastName,
		locale: customer.locale,
		consent: customer.consent,
		customerId: customer.id,
	};
}
