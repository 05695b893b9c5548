import type { Exclusions, Order } from '../types';
import { readAmount } from './amount';
import type { SummaryFrame } from './summary-frame';

/** The part of an order that the models use. */
export interface OrderReading {
	customer: string;
	day: number;
	amount: number;
	/** Part of the amount that was paid back. */
	refunded: number;
}

/** Counts of excluded orders, all 0. */
export function noExclusions(): { -readonly [cause in keyof Exclusions]: number } {
	return {
		test: 0,
		cancelled: 0,
		withoutCustomer: 0,
		unreadableDate: 0,
		unreadableAmount: 0,
		negative: 0,
		refunded: 0,
		afterAsOf: 0,
		duplicate: 0,
	};
}

/** Ids are compared as they are; e-mail addresses without regard to case, because shops store both spellings. */
export function customerKey(customer: string): string {
	if (typeof customer !== 'string') return '';
	const key = customer.trim();
	return key.includes('@') ? key.toLowerCase() : key;
}

/**
 * Reads orders one after the other into the same reading, which spares an object for each of a million orders. Gives the
 * first cause why an order does not count, or null.
 */
export function orderReader({
	dayOf,
	asOfDay,
}: SummaryFrame): (order: Order, into: OrderReading) => keyof Exclusions | null {
	const seen = new Set<string>();
	return (order, into) => {
		if (order.test === true) return 'test';
		if (order.cancelled === true) return 'cancelled';
		into.customer = customerKey(order.customer);
		if (into.customer === '') return 'withoutCustomer';
		into.day = dayOf(order.date);
		if (Number.isNaN(into.day)) return 'unreadableDate';
		into.amount = readAmount(order.amount);
		into.refunded =
			order.refunded === undefined || order.refunded === null
				? 0
				: Math.abs(readAmount(order.refunded));
		if (Number.isNaN(into.amount) || Number.isNaN(into.refunded)) return 'unreadableAmount';
		if (into.amount < 0) return 'negative';
		if (into.refunded > 0 && into.refunded >= into.amount) return 'refunded';
		if (into.day > asOfDay) return 'afterAsOf';
		if (order.id === undefined) return null;
		if (seen.has(order.id)) return 'duplicate';
		seen.add(order.id);
		return null;
	};
}
