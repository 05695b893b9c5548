import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { checkSigningSecret } from './checkSigningSecret';
import { properties } from './properties';
import { receive } from './receive';
import { responseMode } from './responseMode';

export class StoreEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Store Event Trigger',
		name: 'storeEventTrigger',
		icon: {
			light: 'file:../../icons/storeEventTrigger.svg',
			dark: 'file:../../icons/storeEventTrigger.dark.svg',
		},
		group: ['trigger'],
		// For a webhook node of version 1, n8n evaluates an expression for an option of its own with each delivery.
		version: 1.1,
		subtitle: '={{$parameter["platform"] === "shopify" ? "Shopify" : "WooCommerce"}}',
		description:
			'Start on signed webhooks of a Shopify or WooCommerce shop: orders paid, refunded, cancelled, customers and checkouts, all in one shape',
		defaults: { name: 'Store Event Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'storeWebhookApi', required: true, testedBy: 'checkSigningSecret' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				...responseMode,
				// The shop only looks at the status. Without this, a run whose last node has no item would be answered with 500.
				responseData: 'noData',
				path: 'webhook',
			},
		],
		triggerPanel: {
			header: 'Let the shop send its events here',
			executionsHelp: {
				inactive:
					'Paste the <b>Test URL</b> into the shop to try this out while you build: click <b>Listen</b> and let the shop send a webhook. Then publish the workflow and replace it by the <b>Production URL</b>.',
				active:
					'The workflow runs whenever the shop sends a webhook to the <b>Production URL</b>. You find the runs in the <a data-key="executions">executions list</a>.',
			},
			activationHint:
				'Publish the workflow, then paste the <b>Production URL</b> into the webhook settings of the shop.',
		},
		properties,
	};

	methods = { credentialTest: { checkSigningSecret } };

	/** Webhooks are registered by hand in the shop, so there is nothing for n8n to create or to delete. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
