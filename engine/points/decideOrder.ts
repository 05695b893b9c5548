import type { Order, OrderCreated, OrderPaid } from '../event';
import {
	adoptedBy,
	entryKey,
	orderRef,
	type EarnFacts,
	type Entry,
	type MemberState,
} from '../ledger';
import { memberOf, profileOf } from '../member';
import {
	currencyExponent,
	formatMinor,
	isRoundable,
	multiplyRatio,
	ONE,
	ratio,
	roundRatio,
	type Ratio,
} from '../money';
import {
	isKnown,
	keep,
	record,
	skip,
	type Decision,
	type Entries,
	type Knowledge,
} from '../decision';
import type { PreparedProgram } from '../program';
import { orderBasis } from './basis';
import { orderAvailableAt, orderCreditTerms, type OrderClock } from './creditTerms';
import { earn } from './earn';

/** What an order is called in messages: its number, or its id. */
export function orderName(order: { readonly number: string | null; readonly id: string }): string {
	return `Order ${order.number ?? order.id}`;
}

/**
 * Whether an order counts as paid (rule 17): as its platform documents it, or because its status is one that the programme
 * lists as paid. Where nothing but the status says so, the programme's list is the one that counts.
 */
export function isPaid(event: OrderCreated | OrderPaid, program: PreparedProgram): boolean {
	const { status, paymentState, paidByStatus = false } = event.order;
	if (event.type === 'order.paid' && (!paidByStatus || paymentState === 'refunded')) return true;
	return event.platform === 'woocommerce' && program.paidStatuses.has(status);
}

/**
 * What a reported order does: points, qualifying spend and the order count of its buyer, once.
 *
 * The row is written also when the order was cancelled before, or its buyer has not joined: replay lets it count for nothing, and
 * the end state stays the same whichever came first.
 */
export function decideOrder(event: OrderCreated | OrderPaid, knowledge: Knowledge): Decision {
	const { program, rows } = knowledge;
	const { order } = event;
	const name = orderName(order);
	const key = entryKey.order(event.store, order.id);
	if (event.test) return skip('testOrder', `${name} is a test order, so it earns nothing.`);
	if (isKnown(key, rows)) return decideDelivery(event, knowledge, key);
	if (!isPaid(event, program))
		return skip(
			'notPaid',
			`${name} is not paid yet (status "${order.status}"). It will count when the shop reports the payment.`,
		);
	if (order.total < 0)
		return skip(
			'negativeTotal',
			`${name} has a negative total of ${money(order, order.total)}. Check it in the shop; nothing was counted.`,
		);
	if (order.total === 0) return skip('zeroValue', `${name} is worth nothing, so it earns nothing.`);
	const rate = rateOf(order.currency, program);
	if (rate === null)
		return skip(
			'currencyWithoutRate',
			`${name} is in ${order.currency}, but the programme counts in ${program.program.currency} and has no rate for ${order.currency}. Add the rate to the programme and send the order again.`,
		);
	const member = memberOf(order.customer, event.store, program.program.identity, name);
	if (!member.ok) return skip(member.reason.code, member.reason.message);
	const entry = earnEntry(event, key, member.value, rate, knowledge);
	if (typeof entry === 'string') return skip('tooManyPoints', `${name}: ${entry}`);
	const waiting = rows.filter((row) => row.member === '' && row.order === entry.order);
	const entries: Entries = [entry, ...waiting.map((row) => adoptedBy(member.value, row))];
	if (waiting.some((row) => row.kind === 'cancel'))
		return keep(
			entries,
			'cancelledBefore',
			`${name} was cancelled or refunded in full before its payment arrived, so it earns nothing.`,
		);
	if (!isJoined(entry, knowledge))
		return keep(
			entries,
			'notAMember',
			entry.facts.claim === 'onceJoined'
				? `${name} is kept for ${member.value}, who has not joined yet. It will count once they join.`
				: `${name} earns nothing because ${member.value} has not joined.`,
		);
	return record(...entries);
}

/** A known order that is reported again may bring the news that it was delivered. */
function decideDelivery(
	event: OrderCreated | OrderPaid,
	{ rows, program, programs }: Knowledge,
	key: string,
): Decision {
	const { order } = event;
	const name = orderName(order);
	const known = rows.find((row) => row.key === key);
	const fulfilKey = entryKey.fulfil(event.store, order.id);
	const isWaiting =
		known?.kind === 'earn' && known.facts.availableAt === null && !isKnown(fulfilKey, rows);
	const availableAt =
		isWaiting && order.fulfilledAt !== null
			? orderAvailableAt(clockOf(event), programs.at(known.programVersion))
			: null;
	if (!isWaiting || order.fulfilledAt === null || availableAt === null)
		return skip('alreadyCounted', `${name} was counted already; nothing was added.`, key);
	return record({
		key: fulfilKey,
		kind: 'fulfil',
		member: known.member,
		order: known.order,
		points: 0,
		occurredAt: order.fulfilledAt,
		programVersion: program.version,
		summary: `${name} was delivered: its points may be spent from ${availableAt.slice(0, 10)}`,
		facts: { availableAt },
	});
}

function earnEntry(
	event: OrderCreated | OrderPaid,
	key: string,
	member: string,
	rate: Ratio,
	{ program, state }: Knowledge,
): Entry<'earn'> | string {
	const { order } = event;
	const basis = orderBasis(order, program);
	const worth = inOwnCurrency(basis.total, rate);
	if (worth === null) return 'its value is too large to count.';
	const clock = clockOf(event);
	const earned = earn(
		basis,
		rate,
		{
			at: clock.paid,
			basis: worth,
			channel: order.channel,
			orderNumber: orderNumber(state, program),
			tier: state?.tier.current?.level.id ?? null,
			joinedAt: state?.joinedAt ?? null,
		},
		state?.tier.current ?? null,
		program,
	);
	if (!earned.ok) return earned.reason.message;
	const { points, proportional, fixed, lines, breakdown } = earned.value;
	const terms = orderCreditTerms(clock, program);
	const facts: EarnFacts = {
		availableAt: terms.availableAt,
		expiresAt: terms.expiresAt,
		inactivityMonths: terms.inactivityMonths,
		number: order.number,
		currency: order.currency,
		proportional,
		fixed,
		basis: worth,
		goodsPaid: Math.max(1, basis.paid),
		...(basis.creditPaid === 0 ? {} : { creditPaid: basis.creditPaid }),
		lines,
		discountCodes: order.discountCodes,
		claim: claimOf(program),
		profile: order.customer === null ? null : profileOf(order.customer),
		breakdown,
	};
	const names = breakdown.map((line) => line.name).join(', ') || 'no rule applies';
	return {
		key,
		kind: 'earn',
		member,
		order: orderRef(event.store, order.id),
		points,
		occurredAt: clock.paid,
		programVersion: program.version,
		summary: `${orderName(order)} over ${money(order, order.total)}: ${points} for ${formatMinor(worth, program.program.currency)} ${program.program.currency} that count (${names})`,
		facts,
	};
}

/** Orders that wait for their buyer to join will count, so they are counted here (rule 16). */
function orderNumber(state: MemberState | null, program: PreparedProgram): number {
	if (state === null) return 1;
	return state.orders + (claimOf(program) === 'onceJoined' ? state.heldOrders : 0) + 1;
}

/** An amount in minor units of the programme's currency; null beyond 2^53 - 1. */
function inOwnCurrency(amount: number, rate: Ratio): number | null {
	if (rate === ONE) return Number.isSafeInteger(amount) ? amount : null;
	const converted = multiplyRatio(ratio(amount), rate);
	return isRoundable(converted) ? roundRatio(converted, 'halfUp') : null;
}

function claimOf({ program }: PreparedProgram): EarnFacts['claim'] {
	if (program.joining.mode === 'firstOrder') return 'always';
	return program.joining.claimEarlierOrders ? 'onceJoined' : 'ifJoinedBefore';
}

function isJoined({ facts, occurredAt }: Entry<'earn'>, { rows }: Knowledge): boolean {
	if (facts.claim === 'always') return true;
	return rows.some(
		(row) => row.kind === 'join' && (facts.claim === 'onceJoined' || row.occurredAt <= occurredAt),
	);
}

function clockOf({ order, occurredAt }: OrderCreated | OrderPaid): OrderClock {
	const paid = order.paidAt ?? occurredAt;
	return { paid, created: order.createdAt ?? paid, fulfilled: order.fulfilledAt };
}

function rateOf(currency: string, program: PreparedProgram): Ratio | null {
	if (currency === program.program.currency) return ONE;
	const rate = program.rates.get(currency);
	if (rate === undefined) return null;
	return multiplyRatio(rate, minorUnitRatio(currency, program.program.currency));
}

/** Rates are said for whole units; amounts are kept in minor ones, of which currencies have different numbers. */
function minorUnitRatio(from: string, to: string): Ratio {
	const digits = (currencyExponent(to) ?? 2) - (currencyExponent(from) ?? 2);
	const factor = 10n ** BigInt(Math.abs(digits));
	return digits >= 0 ? ratio(factor) : ratio(1, factor);
}

function money(order: Order, minor: number): string {
	return `${formatMinor(minor, order.currency)} ${order.currency}`;
}
