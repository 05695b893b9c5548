import { success, type Result } from '../../result';
import type { CustomerSummaries, Order } from '../types';
import { historyOf } from './history';
import { noExclusions, orderReader, type OrderReading } from './order-reader';
import { summariseHistory } from './summarise-history';
import { readFrame, type SummaryOptions } from './summary-frame';

/**
 * Orders to one row a customer.
 *
 * Orders of one customer on one calendar day are one transaction. Tests, cancelled and fully refunded orders, negative
 * amounts and what cannot be read are left out and counted in `tally.excluded`; a partial refund reduces the amount.
 * An order with amount 0 counts as a transaction. Refused are options that cannot be read (see `readFrame`); orders
 * themselves never make it fail.
 */
export function summariseOrders(
	orders: readonly Order[],
	options: SummaryOptions,
): Result<CustomerSummaries> {
	const frame = readFrame(options);
	if (!frame.ok) return frame;
	const { asOfDay, unitDays } = frame.value;
	const read = orderReader(frame.value);
	const reading: OrderReading = { customer: '', day: 0, amount: 0, refunded: 0 };
	const excluded = noExclusions();
	const rowOf = new Map<string, number>();
	const customer: string[] = [];
	const rows = new Int32Array(orders.length);
	const days = new Int32Array(orders.length);
	const amounts = new Float64Array(orders.length);
	const rowOfOrder = new Int32Array(orders.length).fill(-1);
	let counted = 0;
	let partlyRefunded = 0;
	let free = 0;

	for (let place = 0; place < orders.length; place++) {
		const cause = read(orders[place], reading);
		if (cause !== null) {
			excluded[cause]++;
			continue;
		}
		let row = rowOf.get(reading.customer);
		if (row === undefined) {
			row = customer.length;
			rowOf.set(reading.customer, row);
			customer.push(reading.customer);
		}
		if (reading.refunded > 0) partlyRefunded++;
		if (reading.amount === 0) free++;
		rowOfOrder[place] = row;
		rows[counted] = row;
		days[counted] = reading.day;
		amounts[counted] = reading.amount - reading.refunded;
		counted++;
	}

	const { history, orderCount } = historyOf(
		customer.length,
		rows.subarray(0, counted),
		days.subarray(0, counted),
		amounts.subarray(0, counted),
	);
	const tally = {
		given: orders.length,
		counted,
		transactions: history.day.length,
		partlyRefunded,
		free,
		excluded,
	};
	return success({
		...summariseHistory(customer, history, orderCount, asOfDay, unitDays, tally),
		rowOfOrder,
	});
}
