import { countedRows, entryKey, replay, voidOf, type MemberState, type Row } from '../ledger';
import { divideRatio, formatMinor, multiplyRatio, parseMinor, ratio, roundRatio } from '../money';
import { record, skip, type Decision, type Knowledge, type RedeemRequest } from '../decision';
import { worthOf, type PreparedProgram } from '../program';
import { success } from '../result';

/** Why a redemption is taken back, in the words of the ledger. */
export const SPENT_MEANWHILE = 'the points were spent elsewhere at the same moment';

/**
 * How many of the points asked for can be taken (rule 27): `min(asked, spendable, cap)`, where the cap is a share of the basket,
 * rounded down to the step; 0 when that is below the minimum or worth nothing. `basket` in minor units of the programme's currency, or null.
 */
export function redeemable(
	asked: number,
	spendable: number,
	basket: number | null,
	program: PreparedProgram,
): number {
	const { step, minimum } = program.program.redemption;
	const most = Math.min(asked, spendable, basket === null ? Infinity : basketCap(basket, program));
	const points = Math.floor(most / step) * step;
	return points >= minimum && worthOf(points, program) > 0 ? points : 0;
}

/** Points whose worth does not exceed the programme's share of the basket. */
function basketCap(basket: number, program: PreparedProgram): number {
	const share = multiplyRatio(
		ratio(basket),
		multiplyRatio(program.maxShareOfBasket, ratio(1, 100)),
	);
	const pointsPerMinor = divideRatio(
		ratio(program.program.redemption.points),
		ratio(program.redemptionWorth),
	);
	return Math.max(0, roundRatio(multiplyRatio(share, pointsPerMinor), 'floor'));
}

/**
 * Takes points for a discount. Must be asked with the member's lock held. The same request id again gives the first answer;
 * with other contents it is refused, because then it is not a repeat. A request whose redemption was taken back is a new one.
 */
export function decideRedemption(
	request: RedeemRequest,
	{ rows, state, program, programs, now }: Knowledge,
): Decision {
	const { unit, currency, redemption } = program.program;
	if (!Number.isSafeInteger(request.points) || request.points < 1)
		return skip('pointsInvalid', 'The points to redeem must be a whole number above zero.');
	const basket = request.basket === null ? success(null) : parseMinor(request.basket, currency);
	if (!basket.ok || (basket.value !== null && basket.value < 0))
		return skip(
			'basketInvalid',
			`"${String(request.basket).slice(0, 40)}" is not the value of a basket in ${currency}. Send an amount such as 59.90.`,
		);
	const fingerprint = `${request.member}|${request.points}|${request.basket ?? ''}`;
	const before = attemptsOf(request, rows, state);
	if (before.standing !== null) return repeated(request, before.standing, fingerprint);
	const takenBack = before.overdrawn.map((row) => voidOf(row, row.writer, SPENT_MEANWHILE));
	const known =
		takenBack.length === 0 ? state : replay(request.member, before.others, programs, now);
	const spendable = known?.spendable ?? 0;
	const points = redeemable(request.points, spendable, basket.value, program);
	if (points === 0) {
		const has = `${request.member} has ${spendable} ${spendable === 1 ? unit.singular : unit.plural} to spend`;
		const { skipped } =
			spendable < redemption.minimum
				? skip('notEnoughPoints', `${has}; at least ${redemption.minimum} are needed.`)
				: skip(
						'belowMinimum',
						`${has}, but of the ${request.points} asked for nothing can be taken: at least ${redemption.minimum}, in steps of ${redemption.step}, and at most ${redemption.maxShareOfBasket} % of the basket.`,
					);
		return { entries: takenBack, key: null, skipped };
	}
	const worth = worthOf(points, program);
	return record(
		{
			key: before.nextKey,
			kind: 'redeem',
			member: request.member,
			order: null,
			points: -points,
			occurredAt: now,
			programVersion: program.version,
			summary: `${points} of ${request.points} ${unit.plural} redeemed for ${formatMinor(worth, currency)} ${currency}`,
			facts: { asked: request.points, worth, currency, code: request.code, request: fingerprint },
		},
		...takenBack,
	);
}

export type RedeemRow = Row & { kind: 'redeem' };

interface Attempts {
	/** The redemption that the request led to before. */
	readonly standing: RedeemRow | null;
	/** Attempts that spent what somebody else had spent at the same moment, and whose run ended before it took them back. */
	readonly overdrawn: readonly RedeemRow[];
	/** The member's rows without those. */
	readonly others: readonly Row[];
	readonly nextKey: string;
}

/** What became of a request id so far. */
export function attemptsOf(
	{ requestId }: Pick<RedeemRequest, 'requestId'>,
	rows: readonly Row[],
	state: MemberState | null,
): Attempts {
	const keys = new Set<string>();
	let nextKey = entryKey.redeem(requestId);
	for (const known = new Set(rows.map((row) => row.key)); known.has(nextKey); ) {
		keys.add(nextKey);
		nextKey = entryKey.redeem(requestId, keys.size + 1);
	}
	const standing = countedRows(rows).filter(
		(row): row is RedeemRow => row.kind === 'redeem' && keys.has(row.key),
	);
	const overdrawn = standing.filter((row) => state?.overdrawn.has(row.key) === true);
	return {
		standing: standing.find((row) => !overdrawn.includes(row)) ?? null,
		overdrawn,
		others: rows.filter((row) => !overdrawn.some((one) => one.key === row.key)),
		nextKey,
	};
}

function repeated(request: RedeemRequest, first: RedeemRow, fingerprint: string): Decision {
	if (first.facts.request !== fingerprint)
		return skip(
			'requestIdReused',
			`The request "${request.requestId}" was used before for another redemption. Send a new request ID for a new redemption.`,
		);
	return skip(
		'alreadyRedeemed',
		`The request "${request.requestId}" was carried out before; the answer is the same as then.`,
		first.key,
	);
}
