import type { INodeProperties } from 'n8n-workflow';

/** What an input item stands for. Operations that need single orders leave the last option out. */
export function inputItemIs(mayBeCustomer: boolean): INodeProperties {
	return {
		displayName: 'Each Input Item Is',
		name: 'inputItemIs',
		type: 'options',
		options: [
			{
				name: 'An Order',
				value: 'order',
				description:
					'As the Shopify, WooCommerce and Stripe nodes give them, or one row of a spreadsheet',
			},
			{
				name: 'A Line of an Order',
				value: 'orderLine',
				description: 'Several rows with the same order number are one order',
			},
			...(mayBeCustomer
				? [
						{
							name: 'A Customer',
							value: 'customer',
							description:
								'Already summarised: number of orders, first and last order, total spent',
						},
					]
				: []),
		],
		default: 'order',
		description: 'What one input item stands for',
	};
}

/** For data whose columns are not found by their names. */
export const fieldNames: INodeProperties = {
	displayName: 'Field Names',
	name: 'fieldNames',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		'Only needed when fields are not found by themselves. Use a dot for fields inside others, such as customer.email.',
	options: [
		textField('Amount Field', 'amount', 'e.g. total', 'What the customer paid for the order'),
		textField('Category Field', 'category', 'e.g. category', 'Category of the product'),
		textField(
			'Customer Field',
			'customer',
			'e.g. customer_id',
			'What tells customers apart. Without it the email address does, or else the customer ID.',
		),
		textField('Date Field', 'date', 'e.g. created_at', 'When the order was placed'),
		textField('Email Field', 'email', 'e.g. email', 'Email address of the customer'),
		textField('First Order Field', 'firstOrder', 'e.g. first_order', 'Date of the first order'),
		textField('Last Order Field', 'lastOrder', 'e.g. last_order', 'Date of the last order'),
		textField(
			'Lines Field',
			'lines',
			'e.g. line_items',
			'Products of the order: a list, or names separated by semicolons',
		),
		textField('Order ID Field', 'id', 'e.g. order_id', 'Number of the order'),
		textField('Orders Field', 'orders', 'e.g. orders_count', 'Number of orders of the customer'),
		textField('Product Field', 'product', 'e.g. sku', 'Product of an order line'),
		textField('Referrals Field', 'referrals', 'e.g. referrals', 'Friends the customer has brought'),
		textField('Refunded Field', 'refunded', 'e.g. refunded_amount', 'Amount paid back'),
		textField('Spend Field', 'spend', 'e.g. total_spent', 'What the customer has spent so far'),
		textField(
			'Status Field',
			'status',
			'e.g. status',
			'Whether the order was cancelled or refunded',
		),
	],
};

function textField(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder, description };
}

export const asOfDate: INodeProperties = {
	displayName: 'As-of Date',
	name: 'asOf',
	type: 'dateTime',
	default: '',
	description: 'The day to look from; later orders are left out. Today when empty.',
};

export const dateOrder: INodeProperties = {
	displayName: 'Date Order',
	name: 'dateOrder',
	type: 'options',
	options: [
		{ name: 'Found From the Dates', value: 'auto' },
		{ name: 'Day First (31/12/2026)', value: 'dayFirst' },
		{ name: 'Month First (12/31/2026)', value: 'monthFirst' },
	],
	default: 'auto',
	description: 'Whether dates with slashes begin with the day or the month',
};

export const timeUnit: INodeProperties = {
	displayName: 'Time Unit',
	name: 'timeUnit',
	type: 'options',
	options: [
		{ name: 'Day', value: 'day' },
		{ name: 'Week', value: 'week' },
		{ name: 'Month', value: 'month' },
	],
	default: 'week',
	description: 'Unit of the parameters in the model card; the results do not depend on it',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How many of the items of the first output are wanted; they come with the most important first. */
export const resultLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: true,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];
