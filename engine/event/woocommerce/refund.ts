import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { countAt, field, objectsAt, textAt } from '../body';
import { asId, idAt } from '../identity';
import type { Refund, RefundLine } from '../storeEvent';
import { decodeEntities } from './entities';

/**
 * The refunds listed in an order, at most 500. Their totals are negative there and positive in the refund resource; a
 * deleted one stays behind as id 0 with "-0.00". The order's list has sums only; where an earlier step has put the whole
 * refund resources in, their lines are taken too.
 */
export function readRefunds(
	amounts: Amounts,
	order: Body,
	of: { readonly orderId: string; readonly orderNumber: string | null },
): Refund[] {
	const refunds: Refund[] = [];
	for (const body of objectsAt(order, 'refunds', 500)) {
		const id = idAt(body, 'id');
		const written = field(body, 'total') ?? field(body, 'amount');
		const amount = Math.abs(amounts.read(written, 'a refund'));
		if (id === null || id === 'inexact' || amount === 0) continue;
		const reason = textAt(body, 'reason');
		refunds.push({
			id,
			...of,
			currency: amounts.currency,
			amount,
			shipping: Math.min(amount, readShippingRefund(amounts, body)),
			lines: readRefundLines(amounts, body),
			reason: reason === null ? null : decodeEntities(reason),
		});
	}
	return refunds;
}

function readShippingRefund(amounts: Amounts, body: Body): number {
	return amounts.sum(
		objectsAt(body, 'shipping_lines', 50).map((line) => paidBack(amounts, line)),
		'shipping',
	);
}

/** Lines of a refund resource name the order's line in their meta data and count below zero. */
function readRefundLines(amounts: Amounts, body: Body): RefundLine[] {
	return objectsAt(body, 'line_items').flatMap((line) => {
		const refers = objectsAt(line, 'meta_data', 100).find(
			(meta) => textAt(meta, 'key') === '_refunded_item_id',
		);
		const lineId = asId(field(refers, 'value'));
		if (lineId === null || lineId === 'inexact') return [];
		const quantity = field(line, 'quantity');
		return [
			{
				lineId,
				quantity:
					typeof quantity === 'number' ? Math.abs(quantity) : (countAt(line, 'quantity') ?? 0),
				amount: paidBack(amounts, line),
			},
		];
	});
}

function paidBack(amounts: Amounts, line: Body): number {
	return Math.abs(
		amounts.sum(
			[
				amounts.read(field(line, 'total'), 'a refund line'),
				amounts.read(field(line, 'total_tax'), 'the tax of a refund line'),
			],
			'a refund line',
		),
	);
}
