import { refusal, success, type Result } from '../../result';
import type { CustomerSummaries, Exclusions, Order } from '../types';
import { readAmount } from './amount';
import { civilDayReader, isZone } from './civil-day';
import { historyOf } from './history';
import { summariseHistory } from './summarise-history';

/** How orders are made into summaries. */
export interface SummaryOptions {
	/** IANA name of the shop's time zone: it decides on which calendar day an order falls. */
	readonly zone: string;
	/** The last day that counts: ISO text or milliseconds. Later orders are left out. */
	readonly asOf: string | number;
	/** Days in one time unit of t_x and T; 7 (weeks) when not given. */
	readonly unitDays?: number;
}

type Counts = { -readonly [cause in keyof Exclusions]: number };

/**
 * Orders to one row a customer.
 *
 * Orders of one customer on one calendar day are one transaction. Tests, cancelled and fully refunded orders, negative
 * amounts and what cannot be read are left out and counted in `tally.excluded`; a partial refund reduces the amount.
 * An order with amount 0 counts as a transaction. Refused are a zone or as-of date that cannot be read, or a time unit
 * that is not above 0; orders themselves never make it fail.
 */
export function summariseOrders(
	orders: readonly Order[],
	options: SummaryOptions,
): Result<CustomerSummaries> {
	if (!isZone(options.zone)) {
		return refusal(
			'unknown_zone',
			`"${options.zone}" is not a time zone. Give a name such as Europe/Berlin or America/New_York.`,
		);
	}
	const dayOf = civilDayReader(options.zone);
	const asOfDay = dayOf(options.asOf);
	if (Number.isNaN(asOfDay)) {
		return refusal(
			'unreadable_as_of',
			`The as-of date "${String(options.asOf)}" cannot be read. Give a date such as 2026-01-31.`,
		);
	}
	const unitDays = options.unitDays ?? 7;
	if (!(unitDays > 0 && Number.isFinite(unitDays))) {
		return refusal('bad_unit', `A time unit of ${unitDays} days makes no sense. Give 7 for weeks.`);
	}

	const excluded: Counts = {
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
	const rowOf = new Map<string, number>();
	const seen = new Set<string>();
	const customer: string[] = [];
	const rows = new Int32Array(orders.length);
	const rowOfOrder = new Int32Array(orders.length).fill(-1);
	const days = new Int32Array(orders.length);
	const amounts = new Float64Array(orders.length);
	let counted = 0;
	let partlyRefunded = 0;
	let free = 0;

	for (let place = 0; place < orders.length; place++) {
		const order = orders[place];
		if (order.test === true) {
			excluded.test++;
			continue;
		}
		if (order.cancelled === true) {
			excluded.cancelled++;
			continue;
		}
		const key = customerKey(order.customer);
		if (key === '') {
			excluded.withoutCustomer++;
			continue;
		}
		const day = dayOf(order.date);
		if (Number.isNaN(day)) {
			excluded.unreadableDate++;
			continue;
		}
		const amount = readAmount(order.amount);
		const refunded =
			order.refunded === undefined || order.refunded === null
				? 0
				: Math.abs(readAmount(order.refunded));
		if (Number.isNaN(amount) || Number.isNaN(refunded)) {
			excluded.unreadableAmount++;
			continue;
		}
		if (amount < 0) {
			excluded.negative++;
			continue;
		}
		if (refunded > 0 && refunded >= amount) {
			excluded.refunded++;
			continue;
		}
		if (day > asOfDay) {
			excluded.afterAsOf++;
			continue;
		}
		if (order.id !== undefined) {
			if (seen.has(order.id)) {
				excluded.duplicate++;
				continue;
			}
			seen.add(order.id);
		}
		let row = rowOf.get(key);
		if (row === undefined) {
			row = customer.length;
			rowOf.set(key, row);
			customer.push(key);
		}
		if (refunded > 0) partlyRefunded++;
		if (amount === 0) free++;
		rowOfOrder[place] = row;
		rows[counted] = row;
		days[counted] = day;
		amounts[counted] = amount - refunded;
		counted++;
	}

	const { history, orderCount } = historyOf(
		customer.length,
		rows.subarray(0, counted),
		days.subarray(0, counted),
		amounts.subarray(0, counted),
	);
	const tally = {
		given: orders.length,
		counted,
		transactions: history.day.length,
		partlyRefunded,
		free,
		excluded,
	};
	return success({
		...summariseHistory(customer, history, orderCount, asOfDay, unitDays, tally),
		rowOfOrder,
	});
}

/** Ids are compared as they are; e-mail addresses without regard to case, because shops store both spellings. */
export function customerKey(customer: string): string {
	if (typeof customer !== 'string') return '';
	const key = customer.trim();
	return key.includes('@') ? key.toLowerCase() : key;
}
