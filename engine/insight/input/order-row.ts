import type { Order } from '../types';

/** An order read from an input row, and what the row tells of the customer. */
export interface OrderRow {
	/** The order without its customer, who is decided when all rows are known. */
	readonly order: Omit<Order, 'customer'>;
	readonly email?: string;
	/** The shop's id of the customer. */
	readonly customerId?: string;
	readonly name?: string;
	/** ISO 4217 code, upper case. */
	readonly currency?: string;
	/** Campaign group, where the row has one. */
	readonly group?: string;
}

/** Where a row comes from, by its shape. */
export type OrderSource = 'shopify' | 'woocommerce' | 'stripe' | 'table';

/** Reads one row of a platform; undefined when the row is not of that platform. */
export type PlatformReader = (row: Record<string, unknown>) => OrderRow | undefined;
