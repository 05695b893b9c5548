import type { OrderLine } from '../types';
import type { OrderRow } from './order-row';
import { fieldAt, textOf, type Row } from './record';
import { decimalSignOf, readTableAmount } from './table-amount';
import { dateOrderOf, readTableDate, type DateOrder } from './table-date';
import { orderFields, type Fields, type OrderField } from './table-fields';
import { readTableLines } from './table-lines';

const NO_ORDER = /^(cancel|void|fail|expire|decline|abandon|draft|unpaid|trash|error)/i;
const REFUNDED = /^(fully[ _-]?)?(refunded|charged[ _-]?back)$/i;
/** Not 1: a refund of 1.00 is an amount. */
const YES = /^(true|yes|y|x)$/i;
const NO = /^(false|no|n|0|-|null|none)?$/i;

/** How the rows of one table are read, decided once from all of them. */
export interface OrderTable {
	readonly fields: Fields<OrderField>;
	/** Days and months in the dates could not be told apart. */
	readonly unclearDateOrder: boolean;
	read(row: Row): OrderRow;
}

/**
 * A reader for orders of a spreadsheet, database or export. Columns are found by name unless chosen; the
 * order of day and month and the decimal sign come from the whole column.
 */
export function orderTable(
	rows: readonly Row[],
	chosen: Fields<OrderField>,
	chosenDateOrder: DateOrder | undefined,
): OrderTable {
	const fields = orderFields(rows, chosen);
	const at = (row: Row, field: OrderField): unknown => {
		const path = fields[field];
		return path === undefined ? undefined : fieldAt(row, path);
	};
	const dates = rows.map((row) => at(row, 'date'));
	const dateOrder = chosenDateOrder ?? dateOrderOf(dates);
	const decimal = decimalSignOf(rows.map((row) => at(row, 'amount')));
	return {
		fields,
		unclearDateOrder:
			dateOrder === undefined &&
			dates.some(
				(date) =>
					readTableDate(date, undefined) === undefined &&
					readTableDate(date, 'dayFirst') !== undefined,
			),
		read: (row) => {
			const status = textOf(at(row, 'status')) ?? '';
			const amount = readTableAmount(at(row, 'amount'), decimal);
			const refunded = at(row, 'refunded');
			const refundedAmount = readTableAmount(refunded, decimal);
			const fullyRefunded = REFUNDED.test(status) || YES.test(wordOf(refunded));
			return {
				order: {
					id: textOf(at(row, 'id')),
					date: readTableDate(at(row, 'date'), dateOrder) ?? '',
					amount,
					refunded: fullyRefunded ? amount : Math.abs(refundedAmount) || 0,
					cancelled: NO_ORDER.test(status) || isSet(at(row, 'cancelled')),
					test: isSet(at(row, 'test')) || status.toLowerCase() === 'test',
					lines: linesOf(at(row, 'lines'), at, row),
				},
				email: emailOf(textOf(at(row, 'email'))),
				customerId: textOf(at(row, 'customer')),
				name: textOf(at(row, 'name')),
				currency: textOf(at(row, 'currency'))?.toUpperCase(),
				group: wordOf(at(row, 'group')) || undefined,
			};
		},
	};
}

function linesOf(
	list: unknown,
	at: (row: Row, field: OrderField) => unknown,
	row: Row,
): OrderLine[] {
	const lines = readTableLines(list);
	if (lines.length > 0) return lines;
	const category = textOf(at(row, 'category'));
	return readTableLines(at(row, 'product')).map((line) => ({ category, ...line }));
}

/** A column named e-mail may hold other things; an id in it would make a customer nobody can write to. */
function emailOf(text: string | undefined): string | undefined {
	return text?.includes('@') === true ? text : undefined;
}

/** A date, a yes or a true; blank, no, false and 0 are not. */
function isSet(value: unknown): boolean {
	if (value instanceof Date) return true;
	return !NO.test(wordOf(value));
}

function wordOf(value: unknown): string {
	return typeof value === 'boolean' ? String(value) : (textOf(value) ?? '');
}
