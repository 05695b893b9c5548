import type { ProgramHistory } from '../program';
import type { QualifyingMovement } from '../tier';
import type { Row } from './entry';
import type { Lot } from './lot';
import { givenBack, pointsToTakeBack, spendToTakeBack, type OrderAccount } from './orderAccount';

/**
 * What an order adds to the numbers tiers are earned by, and what its refunds take off again, each dated by when it became
 * true (rules 26 and 31). Refunds are taken in the order of their own dates, so their order of arrival changes nothing.
 */
export function orderMovements(
	account: OrderAccount,
	programs: ProgramHistory,
): QualifyingMovement[] {
	const { earn, lot } = account;
	if (earn === null || lot === null) return [];
	const { facts, occurredAt, programVersion } = earn;
	const movements: QualifyingMovement[] = [
		{
			at: occurredAt,
			belongsTo: occurredAt,
			spend: facts.basis,
			orders: 1,
			points: 0,
			programVersion,
		},
	];
	const countedAt = pointsCountAt(earn, lot, programs);
	if (countedAt !== null && lot.credited > 0)
		movements.push({
			at: countedAt,
			belongsTo: occurredAt,
			spend: 0,
			orders: 0,
			points: lot.credited,
			programVersion,
		});
	if (account.refunds.length === 0 && account.cancel === null) return movements;

	let spend = 0;
	let points = 0;
	for (const { at, back } of backOverTime(account)) {
		const spendBack = spendToTakeBack(facts, back);
		const pointsBack = pointsToTakeBack(facts, back);
		const when = at < occurredAt ? occurredAt : at;
		movements.push({
			at: when,
			belongsTo: occurredAt,
			spend: spend - spendBack,
			orders: back.everything ? -1 : 0,
			points: 0,
			programVersion,
		});
		if (countedAt !== null)
			movements.push({
				at: when < countedAt ? countedAt : when,
				belongsTo: occurredAt,
				spend: 0,
				orders: 0,
				points: points - pointsBack,
				programVersion,
			});
		spend = spendBack;
		points = pointsBack;
		if (back.everything) break;
	}
	return movements;
}

/** Points of a bonus or an award, which no refund takes back. */
export function creditMovements(
	row: Row,
	lot: Lot,
	programs: ProgramHistory,
): QualifyingMovement[] {
	const at = pointsCountAt(row, lot, programs);
	if (at === null || lot.credited === 0) return [];
	return [
		{
			at,
			belongsTo: row.occurredAt,
			spend: 0,
			orders: 0,
			points: lot.credited,
			programVersion: row.programVersion,
		},
	];
}

/** Points count once they are spendable, or at once where the programme says so (rule 18). */
function pointsCountAt(row: Row, lot: Lot, programs: ProgramHistory): string | null {
	if (programs.at(row.programVersion).program.pending.countsForTier) return row.occurredAt;
	if (lot.availableAt === null) return null;
	return lot.availableAt < row.occurredAt ? row.occurredAt : lot.availableAt;
}

function* backOverTime(account: OrderAccount) {
	const { earn, cancel } = account;
	if (earn === null) return;
	const refunds = [...account.refunds].sort((a, b) =>
		a.occurredAt === b.occurredAt ? (a.key < b.key ? -1 : 1) : a.occurredAt < b.occurredAt ? -1 : 1,
	);
	for (let index = 0; index < refunds.length; index += 1) {
		const { occurredAt } = refunds[index];
		if (cancel !== null && cancel.occurredAt <= occurredAt) break;
		yield { at: occurredAt, back: givenBack(earn.facts, refunds.slice(0, index + 1), false) };
	}
	if (cancel !== null) yield { at: cancel.occurredAt, back: givenBack(earn.facts, [], true) };
}
