import type { OrderLine } from '../types';
import type { OrderRow } from './order-row';
import { firstText, numberOf, rowsOf, textOf, withoutDust, type Row } from './record';

/** Never paid, or taken back before it was: no order in WooCommerce's own reports either. */
const NOT_AN_ORDER = new Set([
	'pending',
	'failed',
	'cancelled',
	'trash',
	'draft',
	'auto-draft',
	'checkout-draft',
]);

/**
 * An order of WooCommerce's REST API, as the host's WooCommerce node gives it.
 *
 * `date_created_gmt` is preferred: `date_created` is local to the shop's setting, which need not be the
 * time zone of the workflow. A `customer_id` of 0 is a guest, known by e-mail only.
 */
export function readWooCommerceOrder(row: Row): OrderRow | undefined {
	const total = textOf(row.total);
	const dated = 'date_created' in row || 'date_created_gmt' in row;
	if (total === undefined || !dated || !('status' in row || 'billing' in row)) return undefined;
	const status = textOf(row.status)?.toLowerCase().replace(/^wc-/, '');
	const customerId = textOf(row.customer_id);
	const name = `${firstText(row, 'billing.first_name') ?? ''} ${firstText(row, 'billing.last_name') ?? ''}`;
	const id = textOf(row.id);
	return {
		order: {
			id: id === undefined ? undefined : `woocommerce:${id}`,
			date: dateOf(row),
			amount: total,
			refunded: status === 'refunded' ? total : refundedOf(row),
			cancelled: status !== undefined && NOT_AN_ORDER.has(status),
			lines: rowsOf(row.line_items).flatMap(readLine),
		},
		email: firstText(row, 'billing.email'),
		customerId: customerId === '0' ? undefined : customerId,
		name: name.trim() === '' ? undefined : name.trim(),
		currency: textOf(row.currency)?.toUpperCase(),
	};
}

function dateOf(row: Row): string {
	const utc = textOf(row.date_created_gmt);
	if (utc !== undefined) return /(z|[+-]\d\d:?\d\d)$/i.test(utc) ? utc : `${utc}Z`;
	return textOf(row.date_created) ?? '';
}

/** Refunds carry negative totals. */
function refundedOf(row: Row): number {
	return withoutDust(
		rowsOf(row.refunds).reduce((sum, refund) => sum + Math.abs(numberOf(refund.total)), 0),
	);
}

function readLine(line: Row): OrderLine[] {
	const product = firstText(line, 'product_id', 'sku', 'name');
	if (product === undefined || product === '0') return [];
	const name = firstText(line, 'parent_name', 'name');
	return [
		{
			product,
			name: name === undefined ? undefined : withoutEntities(name),
			category: firstText(line, 'category', 'categories.0.name'),
			quantity: numberOf(line.quantity),
			amount: textOf(line.total),
		},
	];
}

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	quot: '"',
	lt: '<',
	gt: '>',
	ndash: '–',
	mdash: '—',
	nbsp: ' ',
};

/** WooCommerce gives product names as HTML text. */
function withoutEntities(html: string): string {
	return html.replace(/&(?:#(\d+)|([a-z]+));/gi, (entity, code?: string, name?: string) => {
		if (code !== undefined) {
			const point = Number(code);
			return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity;
		}
		return ENTITIES[name?.toLowerCase() ?? ''] ?? entity;
	});
}
