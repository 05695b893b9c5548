import type { CustomerCreated } from '../event';
import { entryKey } from '../ledger';
import {
	isKnown,
	record,
	skip,
	type Decision,
	type Knowledge,
	type EnrollRequest,
} from '../decision';
import { memberOf, profileOf } from './identity';

/** A new customer account joins its owner, where joining needs no asking (rule 16). */
export function decideCustomer(event: CustomerCreated, { rows, program }: Knowledge): Decision {
	const { customer, store } = event;
	if (event.test) return skip('testOrder', 'The customer comes from a test notification.');
	const member = memberOf(customer, store, program.program.identity, 'The new customer account');
	if (!member.ok) return skip(member.reason.code, member.reason.message);
	if (program.program.joining.mode === 'onRequest')
		return skip(
			'joiningOnRequest',
			`${member.value} opened an account, but joining the programme is on request.`,
		);
	const key = entryKey.customer(store, customer.id ?? member.value);
	if (isKnown(key, rows)) return skip('alreadyCounted', `${member.value} is known already.`, key);
	return record({
		key,
		kind: 'join',
		member: member.value,
		order: null,
		points: 0,
		occurredAt: event.occurredAt,
		programVersion: program.version,
		summary: 'Opened an account in the shop',
		facts: { profile: profileOf(customer), via: 'customer account' },
	});
}

/** Somebody asked to join. */
export function decideEnrollment(
	request: EnrollRequest,
	{ rows, program, now }: Knowledge,
): Decision {
	const key = entryKey.enroll(request.member);
	if (isKnown(key, rows))
		return skip('alreadyAMember', `${request.member} has joined already.`, key);
	return record({
		key,
		kind: 'join',
		member: request.member,
		order: null,
		points: 0,
		occurredAt: now,
		programVersion: program.version,
		summary: 'Joined the programme',
		facts: { profile: request.profile, via: 'request' },
	});
}
