import type { ProgramHistory } from '../program';
import type { QualifyingMovement } from '../tier';
import type { Row } from './entry';
import { givenBack, type GivenBack } from './givenBack';
import type { Lot } from './lot';
import type { OrderAccount } from './orderAccount';

/**
 * Adds what an order adds to the numbers tiers are earned by, and what its refunds take off again, each dated by when it
 * became true (rules 26 and 31). Refunds are taken in the order of their own dates, so their order of arrival changes nothing.
 * Points are left out where no ladder counts them.
 */
export function addOrderMovements(
	movements: QualifyingMovement[],
	account: OrderAccount,
	programs: ProgramHistory,
): void {
	const { earn, lot } = account;
	if (earn === null || lot === null) return;
	const { facts, occurredAt, programVersion } = earn;
	movements.push({
		at: occurredAt,
		belongsTo: occurredAt,
		spend: facts.basis,
		orders: 1,
		points: 0,
		programVersion,
	});
	const countedAt = programs.countsPoints ? pointsCountAt(earn, lot, programs) : null;
	if (countedAt !== null && lot.credited > 0)
		movements.push({
			at: countedAt,
			belongsTo: occurredAt,
			spend: 0,
			orders: 0,
			points: lot.credited,
			programVersion,
		});
	if (account.back === null) return;

	let spend = 0;
	let points = 0;
	for (const { at, back } of backOverTime(account)) {
		const when = at < occurredAt ? occurredAt : at;
		movements.push({
			at: when,
			belongsTo: occurredAt,
			spend: spend - back.spend,
			orders: back.everything ? -1 : 0,
			points: 0,
			programVersion,
		});
		spend = back.spend;
		if (countedAt !== null) {
			movements.push({
				at: when < countedAt ? countedAt : when,
				belongsTo: occurredAt,
				spend: 0,
				orders: 0,
				points: points - back.points,
				programVersion,
			});
			points = back.points;
		}
		if (back.everything) break;
	}
}

/** Adds the points of a bonus or an award, which no refund takes back. */
export function addCreditMovements(
	movements: QualifyingMovement[],
	row: Row,
	lot: Lot,
	programs: ProgramHistory,
): void {
	const at = programs.countsPoints ? pointsCountAt(row, lot, programs) : null;
	if (at === null || lot.credited === 0) return;
	movements.push({
		at,
		belongsTo: row.occurredAt,
		spend: 0,
		orders: 0,
		points: lot.credited,
		programVersion: row.programVersion,
	});
}

/** Points count once they are spendable, or at once where the programme says so (rule 18). */
function pointsCountAt(row: Row, lot: Lot, programs: ProgramHistory): string | null {
	if (programs.at(row.programVersion).program.pending.countsForTier) return row.occurredAt;
	if (lot.availableAt === null) return null;
	return lot.availableAt < row.occurredAt ? row.occurredAt : lot.availableAt;
}

/** What was given back of an order after each refund, by the dates of the refunds. */
function backOverTime({ earn, refunds, cancel, back }: OrderAccount): readonly BackAt[] {
	if (earn === null || back === null) return [];
	if (cancel === null && refunds.length === 1) return [{ at: refunds[0].occurredAt, back }];
	const sorted = [...refunds].sort((a, b) =>
		a.occurredAt === b.occurredAt ? (a.key < b.key ? -1 : 1) : a.occurredAt < b.occurredAt ? -1 : 1,
	);
	const over: BackAt[] = [];
	for (const [index, { occurredAt }] of sorted.entries()) {
		if (cancel !== null && cancel.occurredAt <= occurredAt) break;
		over.push({
			at: occurredAt,
			back: givenBack(earn.facts, sorted.slice(0, index + 1), false),
		});
	}
	if (cancel !== null) over.push({ at: cancel.occurredAt, back: givenBack(earn.facts, [], true) });
	return over;
}

interface BackAt {
	readonly at: string;
	readonly back: GivenBack;
}
