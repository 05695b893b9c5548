import { entryKey, type MemberState } from '../ledger';
import {
	isKnown,
	record,
	skip,
	type Decision,
	type Knowledge,
	type AdjustRequest,
	type AwardRequest,
} from '../decision';
import type { PreparedProgram } from '../program';
import { awardCreditTerms } from './creditTerms';

const MOST_POINTS = 1_000_000_000;

/** Points for something else than an order: a review, a survey, goodwill. */
export function decideAward(
	request: AwardRequest,
	{ rows, program, state, now }: Knowledge,
): Decision {
	const key = entryKey.award(request.member, request.requestId);
	const fault = pointsFault(request.points, 1);
	if (fault !== null) return skip('pointsInvalid', fault);
	if (isKnown(key, rows))
		return skip(
			'alreadyCounted',
			`${request.member} was given points for "${request.requestId}" already.`,
			key,
		);
	if (isStranger(program, state))
		return skip(
			'notAMember',
			`${request.member} has not joined the programme, so no points were given.`,
		);
	return record({
		key,
		kind: 'award',
		member: request.member,
		order: null,
		points: request.points,
		occurredAt: now,
		programVersion: program.version,
		summary: request.reason,
		facts: { ...awardCreditTerms(now, program), reason: request.reason },
	});
}

/** A correction by hand, up or down; down may leave the member owing points (rule 43). */
export function decideAdjustment(
	request: AdjustRequest,
	{ rows, program, state, now }: Knowledge,
): Decision {
	const key = entryKey.adjust(request.member, request.requestId);
	const fault = pointsFault(Math.abs(request.points), 1);
	if (fault !== null) return skip('pointsInvalid', fault);
	if (request.reason.trim() === '')
		return skip(
			'reasonMissing',
			'An adjustment needs a reason, so that anybody can see later why it was made.',
		);
	if (request.author.trim() === '')
		return skip('authorMissing', 'An adjustment needs the name of whoever makes it.');
	if (isKnown(key, rows))
		return skip(
			'alreadyCounted',
			`The adjustment "${request.requestId}" of ${request.member} was made already.`,
			key,
		);
	if (isStranger(program, state))
		return skip(
			'notAMember',
			`${request.member} has not joined the programme, so nothing was adjusted. Check the address, or enroll them first.`,
		);
	return record({
		key,
		kind: 'adjust',
		member: request.member,
		order: null,
		points: request.points,
		occurredAt: now,
		programVersion: program.version,
		summary: `${request.reason} (${request.author})`,
		facts: {
			...awardCreditTerms(now, program),
			reason: request.reason,
			author: request.author,
		},
	});
}

/** Where people join by asking, points from somebody's hand must not make a member of who did not ask (rule 16). */
function isStranger({ program }: PreparedProgram, state: MemberState | null): boolean {
	return program.joining.mode === 'onRequest' && state?.isMember !== true;
}

function pointsFault(points: number, least: number): string | null {
	return Number.isSafeInteger(points) && points >= least && points <= MOST_POINTS
		? null
		: `Points must be a whole number between ${least} and ${MOST_POINTS}.`;
}
