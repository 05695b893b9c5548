import { folded, type PreparedRule } from '../program';
import { addDays, WallClock } from '../time';

/** What a rule's conditions are asked about. */
export interface OrderCircumstances {
	/** When the order was paid. */
	readonly at: string;
	/** Minor units of the programme's currency. */
	readonly basis: number;
	readonly channel: string | null;
	/** 1 for the member's first order. */
	readonly orderNumber: number;
	readonly tier: string | null;
	readonly joinedAt: string | null;
}

/** The rules of which every condition that they state holds for an order. Dates and times are those of `zone`. */
export function rulesThatHold(
	rules: readonly PreparedRule[],
	order: OrderCircumstances,
	zone: string,
): PreparedRule[] {
	const paidAt = new WallClock(order.at, zone);
	return rules.filter((rule) => rule.isUnconditional || holds(rule, order, paidAt, zone));
}

function holds(
	rule: PreparedRule,
	order: OrderCircumstances,
	paidAt: WallClock,
	zone: string,
): boolean {
	const { when } = rule.rule;
	if (!isWithinDays(rule, order.at, paidAt, zone)) return false;
	if (order.basis < rule.minimumBasis) return false;
	if (!isWithinHours(rule, paidAt)) return false;
	if (rule.weekdays.size > 0 && !rule.weekdays.has(weekdayOf(rule, paidAt))) return false;
	if (
		rule.channels.size > 0 &&
		(order.channel === null || !rule.channels.has(folded(order.channel)))
	)
		return false;
	if (rule.tiers.size > 0 && (order.tier === null || !rule.tiers.has(order.tier))) return false;
	if (when.nthOrder > 0 && !isNthOrder(order.orderNumber, when.nthOrder, when.everyNthOrder))
		return false;
	if (when.newMemberDays > 0 && !isNewMember(order, when.newMemberDays, zone)) return false;
	return true;
}

function isWithinHours({ startMinute, endMinute }: PreparedRule, at: WallClock): boolean {
	if (startMinute === null || endMinute === null) return true;
	const minute = at.minuteOfDay;
	return startMinute <= endMinute
		? minute >= startMinute && minute < endMinute
		: minute >= startMinute || minute < endMinute;
}

/** Hours that run past midnight belong to the day on which they began: Friday from 22:00 to 02:00 ends on Saturday. */
function isAfterMidnight({ startMinute, endMinute }: PreparedRule, at: WallClock): boolean {
	return (
		startMinute !== null &&
		endMinute !== null &&
		endMinute < startMinute &&
		at.minuteOfDay < endMinute
	);
}

function weekdayOf(rule: PreparedRule, at: WallClock): number {
	return isAfterMidnight(rule, at) ? at.weekday - 1 || 7 : at.weekday;
}

function isWithinDays(rule: PreparedRule, at: string, clock: WallClock, zone: string): boolean {
	if (rule.from === null && rule.endsAt === null) return true;
	const day = isAfterMidnight(rule, clock) ? addDays(at, -1, zone) : at;
	return (rule.from === null || day >= rule.from) && (rule.endsAt === null || day < rule.endsAt);
}

function isNthOrder(orderNumber: number, nth: number, every: boolean): boolean {
	return every ? orderNumber % nth === 0 : orderNumber === nth;
}

/** Somebody who joins with this very order is new. */
function isNewMember(order: OrderCircumstances, days: number, zone: string): boolean {
	return order.joinedAt === null || order.at < addDays(order.joinedAt, days, zone);
}
