import {
	skip,
	record,
	type CancelRedemptionRequest,
	type Decision,
	type Knowledge,
} from '../decision';
import { countedRows, entryKey, voidOf } from '../ledger';
import { attemptsOf } from './decideRedemption';

/**
 * Takes a redemption back whose discount could not be made: its points return to the very lots they came from, under their
 * old expiry. Asked again it changes nothing; the request id may then be redeemed anew, under a new code. A redemption whose
 * code was used on an order stays: its points come back by a refund of that order.
 */
export function decideRedemptionCancelled(
	{ member, requestId, reason }: CancelRedemptionRequest,
	{ rows, state }: Knowledge,
): Decision {
	const { standing } = attemptsOf({ requestId }, rows, state);
	if (standing === null) {
		const cancelled = rows.find(
			(row) => row.kind === 'redeem' && row.key === entryKey.redeem(requestId),
		);
		return cancelled === undefined
			? skip(
					'redemptionUnknown',
					`${member} has redeemed nothing under the request "${requestId}", so nothing was given back.`,
				)
			: skip(
					'alreadyCancelled',
					`The redemption "${requestId}" of ${member} was taken back already.`,
				);
	}
	const code = standing.facts.code.toLowerCase();
	const order = countedRows(rows).find(
		(row) =>
			row.kind === 'earn' && row.facts.discountCodes.some((used) => used.toLowerCase() === code),
	);
	if (order !== undefined)
		return skip(
			'redemptionUsed',
			`The discount of the redemption "${requestId}" was used on an order of ${member}. Refund that order instead: its points come back then.`,
		);
	return record(voidOf(standing, standing.writer, reason));
}
