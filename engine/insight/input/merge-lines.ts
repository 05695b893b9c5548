import type { OrderRow } from './order-row';

export interface MergedOrders {
	readonly orderRows: ReadonlyArray<OrderRow | undefined>;
	readonly rowsOfOrder: ReadonlyArray<readonly number[]>;
}

/**
 * Rows that are lines become one order for each order id: amounts and refunds are added up, what only
 * the first line names (customer, date) holds for all. A line without an order id is an order of its own.
 */
export function mergeLines(
	rows: ReadonlyArray<OrderRow | undefined>,
	isLine: ReadonlySet<number>,
): MergedOrders {
	const orderRows: Array<OrderRow | undefined> = [];
	const rowsOfOrder: number[][] = [];
	const placeOfId = new Map<string, number>();
	rows.forEach((row, place) => {
		const id = isLine.has(place) ? row?.order.id : undefined;
		const known = id === undefined ? undefined : placeOfId.get(id);
		if (row === undefined || known === undefined) {
			if (id !== undefined) placeOfId.set(id, orderRows.length);
			orderRows.push(row);
			rowsOfOrder.push([place]);
			return;
		}
		const first = orderRows[known];
		orderRows[known] = first === undefined ? row : joined(first, row);
		rowsOfOrder[known].push(place);
	});
	return { orderRows, rowsOfOrder };
}

function joined(order: OrderRow, line: OrderRow): OrderRow {
	return {
		...line,
		...known(order),
		order: {
			...order.order,
			date: order.order.date === '' ? line.order.date : order.order.date,
			amount: sum(order.order.amount, line.order.amount),
			refunded: sum(order.order.refunded, line.order.refunded),
			cancelled: order.order.cancelled === true && line.order.cancelled === true,
			test: order.order.test === true || line.order.test === true,
			lines: [...(order.order.lines ?? []), ...(line.order.lines ?? [])],
		},
	};
}

/** Exports leave the amount of further lines blank when the first has the total of the order. */
function sum(first: number | string | undefined, second: number | string | undefined): number {
	const amounts = [Number(first), Number(second)].filter((amount) => !Number.isNaN(amount));
	return amounts.length === 0 ? NaN : amounts.reduce((total, amount) => total + amount, 0);
}

function known(row: OrderRow): Partial<OrderRow> {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
