import type { OrderLine } from '../types';
import type { OrderRow } from './order-row';
import { firstText, isRow, numberOf, rowsOf, textOf, withoutDust, type Row } from './record';

/**
 * An order of Shopify's REST Admin API, as the host's Shopify node gives it.
 *
 * `processed_at` is when the order was made; `created_at` is when it was written, which for imported
 * orders is the day of the import. What was taken back is `total_price` − `current_total_price`, or the
 * successful refund transactions where an older API version has no current total.
 */
export function readShopifyOrder(row: Row): OrderRow | undefined {
	const total = textOf(row.total_price);
	if (total === undefined || !('financial_status' in row || 'line_items' in row)) return undefined;
	const status = textOf(row.financial_status)?.toLowerCase();
	return {
		order: {
			id: orderId(row),
			date: textOf(row.processed_at) ?? textOf(row.created_at) ?? '',
			amount: total,
			refunded: status === 'refunded' ? total : refundedOf(row, total),
			cancelled:
				textOf(row.cancelled_at) !== undefined || status === 'voided' || status === 'expired',
			test: row.test === true,
			lines: rowsOf(row.line_items).flatMap(readLine),
		},
		email: firstText(row, 'email', 'contact_email', 'customer.email'),
		customerId: firstText(row, 'customer.id'),
		name: personName(row.customer) ?? personName(row.billing_address),
		currency: textOf(row.currency)?.toUpperCase(),
	};
}

function orderId(row: Row): string | undefined {
	const id = firstText(row, 'id', 'admin_graphql_api_id', 'name');
	return id === undefined ? undefined : `shopify:${id}`;
}

function refundedOf(row: Row, total: string): number {
	if (textOf(row.current_total_price) !== undefined) {
		return Math.max(0, withoutDust(numberOf(total) - numberOf(row.current_total_price)));
	}
	let refunded = 0;
	for (const refund of rowsOf(row.refunds)) {
		for (const transaction of rowsOf(refund.transactions)) {
			if (transaction.kind === 'refund' && transaction.status === 'success') {
				refunded += numberOf(transaction.amount);
			}
		}
	}
	return withoutDust(refunded);
}

function readLine(line: Row): OrderLine[] {
	if (line.current_quantity === 0) return [];
	const product = firstText(line, 'product_id', 'sku', 'title', 'name');
	if (product === undefined) return [];
	return [
		{
			product,
			name: firstText(line, 'title', 'name'),
			category: firstText(line, 'product_type', 'category'),
			quantity: numberOf(line.current_quantity ?? line.quantity),
			amount: textOf(line.price),
		},
	];
}

function personName(value: unknown): string | undefined {
	if (!isRow(value)) return undefined;
	const name = `${textOf(value.first_name) ?? ''} ${textOf(value.last_name) ?? ''}`.trim();
	return name === '' ? undefined : name;
}
