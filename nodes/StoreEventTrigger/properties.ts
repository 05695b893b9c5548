import type { INodeProperties } from 'n8n-workflow';

const PASTE_INTO_SHOPIFY =
	'In the Shopify admin open <b>Settings → Notifications → Webhooks</b>, choose <b>Create webhook</b>, format JSON, and paste the <b>Production URL</b> from above. Create one for each event: Order payment, Order update, Order cancellation, Refund create, Customer creation. The signing secret stands below the list.';

const PASTE_INTO_WOOCOMMERCE =
	'In WordPress open <b>WooCommerce → Settings → Advanced → Webhooks</b> and choose <b>Add webhook</b>: status Active, <b>Delivery URL</b> the Production URL from above, API version 3, and a secret of your own, which also goes into the credential. Create one for each topic: Order updated, Order created, Customer created.';

export const properties: INodeProperties[] = [
	{
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Shopify', value: 'shopify' },
			{ name: 'WooCommerce', value: 'woocommerce' },
		],
		default: 'shopify',
		description: 'What the shop runs on',
	},
	{
		displayName: PASTE_INTO_SHOPIFY,
		name: 'shopifyNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { platform: ['shopify'] } },
	},
	{
		displayName: PASTE_INTO_WOOCOMMERCE,
		name: 'woocommerceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { platform: ['woocommerce'] } },
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Checkout Opened',
				value: 'checkout.opened',
				description: 'A checkout was begun or changed (Shopify only)',
			},
			{
				name: 'Customer Created',
				value: 'customer.created',
				description: 'Somebody opened an account',
			},
			{
				name: 'Order Cancelled',
				value: 'order.cancelled',
				description: 'An order was cancelled, paid or not',
			},
			{
				name: 'Order Created',
				value: 'order.created',
				description: 'An order was placed and is not paid yet',
			},
			{
				name: 'Order Paid',
				value: 'order.paid',
				description: 'An order is paid, whatever the webhook is called',
			},
			{
				name: 'Order Refunded',
				value: 'order.refunded',
				description: 'Money was paid back, in part or in full',
			},
		],
		default: ['order.paid', 'order.refunded', 'order.cancelled'],
	},
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		options: [
			{
				name: 'Immediately',
				value: 'onReceived',
				description:
					'As soon as the delivery is verified. If the workflow then stops halfway, the shop does not send it again.',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'After everything went well. If the workflow fails, the shop sends it again.',
			},
			{
				name: "Using 'Respond to Webhook' Node",
				value: 'responseNode',
				description:
					'Where that node stands, best right after the Loyalty node: then the shop knows the ledger has it and does not wait for e-mail and CRM. Copy the node from one of the templates, because the version n8n adds today only works behind its own Webhook node.',
			},
		],
		default: 'lastNode',
		description:
			'When the shop is told that its webhook arrived. Shopify waits five seconds and then sends it again, which does no harm.',
	},
	{
		displayName: 'Shop Domain',
		name: 'shopDomain',
		type: 'string',
		default: '',
		placeholder: 'e.g. blue-mug.myshopify.com',
		description: 'Take webhooks of this shop only. Needed when one secret signs for several shops.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Test Orders',
				name: 'includeTestOrders',
				type: 'boolean',
				default: false,
				description: 'Whether to hand on what the shop itself marks as a test',
			},
			{
				displayName: 'Paid Statuses',
				name: 'paidStatuses',
				type: 'string',
				default: 'processing, completed',
				displayOptions: { show: { '/platform': ['woocommerce'] } },
				description:
					'Comma-separated WooCommerce statuses that count as paid even without a payment date, such as cash on delivery',
			},
		],
	},
];
