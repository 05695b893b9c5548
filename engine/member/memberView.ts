import type { MemberState } from '../ledger';
import { formatMinor } from '../money';
import { worthOf, type ProgramHistory } from '../program';
import { tierStanding } from '../tier';

/**
 * A member's state as one flat record: what the members table shows, what nodes give out and what fits the fields of a CRM.
 * It lags behind the ledger and says up to which row it is true. Points are whole; amounts are decimal text in the
 * programme's currency; dates are ISO 8601 UTC or empty.
 */
export interface MemberView {
	readonly memberId: string;
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly phone: string;
	readonly marketingConsent: string;
	/** May be negative when spent points were taken back. */
	readonly balance: number;
	readonly spendablePoints: number;
	readonly pendingPoints: number;
	readonly nextPendingAt: string;
	readonly expiringPoints: number;
	readonly expiringAt: string;
	readonly lifetimePoints: number;
	readonly redeemedPoints: number;
	readonly expiredPoints: number;
	readonly orders: number;
	readonly totalSpend: string;
	readonly currency: string;
	readonly tier: string;
	readonly tierId: string;
	readonly tierSince: string;
	readonly tierColor: string;
	readonly tierPerks: string;
	/** The ladder's metric over its window: decimal text for spend, else a count. */
	readonly qualifying: string;
	readonly nextTier: string;
	readonly missingToNextTier: string;
	readonly tierProgressPercent: number;
	readonly nextTierReviewAt: string;
	readonly projectedTier: string;
	readonly neededToStay: string;
	readonly joinedAt: string;
	readonly lastActivityAt: string;
	/** What the spendable points are worth at the till, as far as they make whole steps. */
	readonly pointsWorth: string;
	readonly pointsName: string;
	readonly programVersion: number;
	/** The last row of the ledger that this record knows. */
	readonly ledgerUpTo: number;
}

/** Flattens a state; everything unknown is an empty text, so that the same fields are always there. */
export function memberView(state: MemberState, programs: ProgramHistory): MemberView {
	const { latest } = programs;
	const { currency, tiers, redemption, unit } = latest.program;
	const { profile } = state;
	const tier = tierStanding(state, latest);
	const metric = (value: number) =>
		tiers.metric === 'spend' ? formatMinor(value, currency) : String(value);
	const whole = Math.floor(state.spendable / redemption.step) * redemption.step;
	return {
		memberId: state.member,
		email: profile.email ?? (state.member.includes('@') ? state.member : ''),
		firstName: profile.firstName ?? '',
		lastName: profile.lastName ?? '',
		phone: profile.phone ?? '',
		marketingConsent: profile.consent,
		balance: state.balance,
		spendablePoints: state.spendable,
		pendingPoints: state.pending,
		nextPendingAt: state.nextAvailable?.at ?? '',
		expiringPoints: state.nextExpiry?.points ?? 0,
		expiringAt: state.nextExpiry?.at ?? '',
		lifetimePoints: state.lifetimeEarned,
		redeemedPoints: state.redeemed,
		expiredPoints: state.expired,
		orders: state.orders,
		totalSpend: formatMinor(state.spend, currency),
		currency,
		tier: tier.current?.level.name ?? '',
		tierId: tier.current?.level.id ?? '',
		tierSince: tier.since ?? '',
		tierColor: tier.current?.level.color ?? '',
		tierPerks: tier.current?.level.perks.join(', ') ?? '',
		qualifying: metric(tier.qualifying),
		nextTier: tier.next?.level.name ?? '',
		missingToNextTier: metric(tier.missing),
		tierProgressPercent: tier.progressPercent,
		nextTierReviewAt: tier.nextReviewAt ?? '',
		projectedTier: tier.projected?.level.name ?? '',
		neededToStay: metric(tier.neededToStay),
		joinedAt: state.joinedAt ?? '',
		lastActivityAt: state.lastActivityAt ?? '',
		pointsWorth: formatMinor(worthOf(whole, latest), currency),
		pointsName: state.spendable === 1 ? unit.singular : unit.plural,
		programVersion: latest.version,
		ledgerUpTo: state.upTo,
	};
}
