import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class StoreWebhookApi implements ICredentialType {
	name = 'storeWebhookApi';

	displayName = 'Store Webhook API';

	icon: Icon = {
		light: 'file:../icons/storeEventTrigger.svg',
		dark: 'file:../icons/storeEventTrigger.dark.svg',
	};

	documentationUrl =
		'https://github.com/loyalty-nodes/n8n-nodes-loyalty/blob/main/docs/store-event-trigger.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			options: [
				{ name: 'Shopify', value: 'shopify' },
				{ name: 'WooCommerce', value: 'woocommerce' },
			],
			default: 'shopify',
			description: 'Where the secret comes from',
		},
		{
			displayName:
				'For webhooks made in the admin, the secret stands below the list under <b>Settings → Notifications → Webhooks</b>. For webhooks of an app it is the client secret of the app.',
			name: 'shopifyNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { platform: ['shopify'] } },
		},
		{
			displayName:
				'The secret is the one you typed into the webhook under <b>WooCommerce → Settings → Advanced → Webhooks</b>. All webhooks that come to one address share it.',
			name: 'woocommerceNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { platform: ['woocommerce'] } },
		},
		{
			displayName: 'Signing Secrets',
			name: 'signingSecrets',
			type: 'string',
			typeOptions: { password: true, rows: 3 },
			default: '',
			required: true,
			description:
				'What the shop signs its webhooks with. While you change it, put the new and the old one on a line each.',
		},
	];
}
