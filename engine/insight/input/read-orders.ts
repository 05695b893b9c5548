import { customerKey } from '../purchase';
import type { Order, Warning } from '../types';
import { ContactBook, type Contact } from './contact';
import { mergeLines } from './merge-lines';
import type { OrderRow, OrderSource, PlatformReader } from './order-row';
import { fieldAt, isRow, textOf, type Row } from './record';
import { readShopifyOrder } from './shopify-order';
import { readStripePayment } from './stripe-payment';
import type { DateOrder } from './table-date';
import type { Fields, OrderField } from './table-fields';
import { orderTable } from './table-order';
import { readWooCommerceOrder } from './woocommerce-order';

export interface OrderInputSettings {
	/** Fields chosen by the operator; what is not chosen is found by name. */
	readonly fields?: Fields<OrderField>;
	/** Whether a row is a whole order or one line of it. Rows of platforms are always whole orders. */
	readonly rowIs?: 'order' | 'line';
	readonly dateOrder?: DateOrder;
}

/** Why a row cannot be used, by its place in the input. */
export interface RowFault {
	readonly row: number;
	readonly message: string;
}

export interface OrderInput {
	readonly orders: readonly Order[];
	/** Campaign group of each order, where the rows name one. */
	readonly groups: ReadonlyArray<string | undefined>;
	/** Rows of the input that make up each order. */
	readonly rowsOfOrder: ReadonlyArray<readonly number[]>;
	/** What is known of each customer, by the customer's key as summaries have it. */
	readonly contacts: ReadonlyMap<string, Contact>;
	readonly sources: Readonly<Record<OrderSource, number>>;
	/** Columns used for rows that are of no known platform. */
	readonly fields: Fields<OrderField>;
	/** Rows that lack a customer, a date or an amount. */
	readonly faults: readonly RowFault[];
	/** The currency of most orders, null when none is named. */
	readonly currency: string | null;
	readonly warnings: readonly Warning[];
}

const PLATFORMS: ReadonlyArray<readonly [OrderSource, PlatformReader]> = [
	['stripe', readStripePayment],
	['shopify', readShopifyOrder],
	['woocommerce', readWooCommerceOrder],
];

/**
 * Orders from rows of the host's Shopify, WooCommerce and Stripe nodes, or of any table.
 *
 * Every row becomes an order, also one that cannot count; the summary of orders leaves it out and counts
 * it, and `faults` names it. A customer is known by e-mail where any of their orders has one, else by id:
 * a guest order and an account with the same address are one customer.
 */
export function readOrders(rows: readonly unknown[], settings: OrderInputSettings): OrderInput {
	const chosen = settings.fields ?? {};
	const read: Array<OrderRow | undefined> = [];
	const sources = { shopify: 0, woocommerce: 0, stripe: 0, table: 0 };
	const tableRows: Row[] = [];
	const tablePlaces: number[] = [];
	rows.forEach((row, place) => {
		if (!isRow(row)) {
			read[place] = undefined;
			return;
		}
		const [source, order] = readByPlatform(row);
		if (order === undefined) {
			tableRows.push(row);
			tablePlaces.push(place);
		} else {
			sources[source] += 1;
			read[place] = withChosenFields(order, row, chosen);
		}
	});
	const table = orderTable(tableRows, chosen, settings.dateOrder);
	tablePlaces.forEach((place, index) => {
		read[place] = table.read(tableRows[index]);
	});
	sources.table = tableRows.length;

	const isLine = new Set(settings.rowIs === 'line' ? tablePlaces : []);
	const { orderRows, rowsOfOrder } = mergeLines(read, isLine);
	const contacts = new ContactBook(chosen.customer !== undefined && chosen.customer !== '');
	for (const row of orderRows) if (row !== undefined) contacts.learn(row);
	const orders = orderRows.map((row): Order => {
		if (row === undefined) return { customer: '', date: '', amount: '' };
		const key = customerKey(contacts.keyOf(row));
		contacts.note(key, row);
		return { ...row.order, customer: key };
	});
	const currencies = countCurrencies(orderRows);
	return {
		orders,
		groups: orderRows.map((row) => row?.group),
		rowsOfOrder,
		contacts: contacts.contacts,
		sources,
		fields: tableRows.length > 0 ? table.fields : {},
		faults: faultsOf(orders, rowsOfOrder),
		currency: currencies[0]?.[0] ?? null,
		warnings: [
			...currencyWarning(currencies),
			...(table.unclearDateOrder ? [DATE_ORDER_WARNING] : []),
		],
	};
}

function readByPlatform(row: Row): [OrderSource, OrderRow | undefined] {
	for (const [source, reader] of PLATFORMS) {
		const order = reader(row);
		if (order !== undefined) return [source, order];
	}
	return ['table', undefined];
}

/** Chosen fields of the customer count for platform rows too, for shops that keep their own number in a note. */
function withChosenFields(order: OrderRow, row: Row, chosen: Fields<OrderField>): OrderRow {
	if (!CUSTOMER_CHOICES.some((field) => chosen[field])) return order;
	const chosenText = (field: OrderField): string | undefined => {
		const path = chosen[field];
		return path === undefined || path === '' ? undefined : textOf(fieldAt(row, path));
	};
	return {
		...order,
		customerId: chosenText('customer') ?? order.customerId,
		email: chosenText('email') ?? order.email,
		group: chosenText('group') ?? order.group,
	};
}

const CUSTOMER_CHOICES = ['customer', 'email', 'group'] as const;

function faultsOf(
	orders: readonly Order[],
	rowsOfOrder: ReadonlyArray<readonly number[]>,
): RowFault[] {
	const faults: RowFault[] = [];
	orders.forEach((order, place) => {
		if (order.test === true || order.cancelled === true) return;
		const name =
			order.id === undefined
				? 'The order'
				: `Order ${order.id.replace(/^(shopify|woocommerce|stripe):/, '')}`;
		let message: string | undefined;
		if (order.customer === '') message = `${name} has no customer id or e-mail address.`;
		else if (order.date === '') message = `${name} has no date that can be read.`;
		else if (order.amount === '' || Number.isNaN(order.amount)) {
			message = `${name} has no amount that can be read.`;
		}
		if (message !== undefined) faults.push({ row: rowsOfOrder[place][0], message });
	});
	return faults;
}

const DATE_ORDER_WARNING: Warning = {
	code: 'unclear_dates',
	message:
		'Dates such as 03/04/2026 could be 3 April or March 4, and no date in the column tells which. ' +
		'Choose the date order under Options; until then these orders are left out.',
};

function countCurrencies(rows: ReadonlyArray<OrderRow | undefined>): Array<[string, number]> {
	const counts = new Map<string, number>();
	for (const row of rows) {
		if (row?.currency !== undefined) {
			counts.set(row.currency, (counts.get(row.currency) ?? 0) + 1);
		}
	}
	return [...counts].sort(([, left], [, right]) => right - left);
}

function currencyWarning(currencies: ReadonlyArray<readonly [string, number]>): Warning[] {
	if (currencies.length < 2) return [];
	const list = currencies.map(([code, count]) => `${code} in ${count} orders`).join(', ');
	return [
		{
			code: 'several_currencies',
			message:
				`The orders are in several currencies (${list}). Amounts are added up as they are, so spend and ` +
				'value mean little. Run the shop of each currency on its own, or convert the amounts first.',
		},
	];
}
