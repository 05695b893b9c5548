import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Platform, Reading, StoreEvent } from '../../engine/event';
import { readStoreEvent } from '../../engine/event';
import { isShop, shopOf } from './shopDomain';
import { isSigned, signatureOf } from './signature';
import { fitsSigningSecrets } from './signingSecrets';
import { toItem } from './storeItem';

/** What n8n puts on the request before the node runs, beside what its types name. */
interface RawRequest {
	readonly rawBody?: Buffer;
	readRawBody?(): Promise<void>;
}

/**
 * One delivery from the shop: verify, read, hand on. Every way out answers the shop, because a request that nobody answers
 * makes it wait and count a failure. 401 and 400 are for what is not a good delivery; whatever is good but gives nothing to do
 * is 200 with the reason, or the shop would send it again and again and then stop sending at all.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const platform = context.getNodeParameter('platform') as Platform;
	const headers = context.getHeaderData() as Readonly<Record<string, unknown>>;
	const raw = await rawBodyOf(context);
	if (raw === null) return refuse(context, 400, 'The request has no body that could be read.');

	const text = raw.toString('utf8');
	const signature = signatureOf(platform, headers);
	if (platform === 'woocommerce' && signature === null && isHello(text)) {
		return acknowledge('ping', 'Hello. Deliveries can come.');
	}

	if (signature === null) return refuse(context, 401, 'The request carries no signature.');
	const isGenuine = await fitsSigningSecrets(context, (secrets) =>
		isSigned(platform, raw, signature, secrets),
	);
	if (!isGenuine) {
		return refuse(
			context,
			401,
			'The signature does not fit. Compare the signing secret in the credential with the one in the shop.',
		);
	}

	const shop = shopOf(platform, headers);
	if (shop === null) return refuse(context, 400, 'The request does not say which shop it is from.');
	const named = (context.getNodeParameter('shopDomain', '') as string).trim();
	if (named !== '' && !isShop(shop, named)) {
		return refuse(context, 401, `This address takes webhooks of ${named} only.`);
	}

	const reading = readStoreEvent({ platform, headers, raw: text }, readOptions(context));
	if ('ignored' in reading) return answerReason(context, reading);
	const wanted = selectEvents(context, reading.events);
	if (wanted.length === 0) {
		return acknowledge('notSubscribed', 'Understood; nothing here waits for this.');
	}

	const delivery = {
		platform,
		id: headerOf(headers, 'x-shopify-webhook-id', 'shopify-webhook-id', 'x-wc-webhook-delivery-id'),
		eventId: headerOf(headers, 'x-shopify-event-id', 'shopify-event-id'),
		topic: headerOf(headers, 'x-shopify-topic', 'shopify-topic', 'x-wc-webhook-topic') ?? '',
		shop,
		receivedAt: new Date().toISOString(),
	};
	return { workflowData: [wanted.map((event) => toItem(event, delivery))] };
}

async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer | null> {
	const request = context.getRequestObject() as unknown as RawRequest;
	if (request.rawBody === undefined) await request.readRawBody?.();
	const { rawBody } = request;
	return Buffer.isBuffer(rawBody) && rawBody.length > 0 ? rawBody : null;
}

/** WooCommerce's call when a webhook is saved: `webhook_id=123`, unsigned. It is answered and starts nothing. */
function isHello(text: string): boolean {
	return /^webhook_id=\d{1,20}$/.test(text.trim());
}

function readOptions(context: IWebhookFunctions): { paidStatuses?: string[] } {
	const statuses = String(context.getNodeParameter('options.paidStatuses', ''))
		.split(',')
		.map((status) => status.trim())
		.filter((status) => status !== '');
	return statuses.length > 0 ? { paidStatuses: statuses } : {};
}

function selectEvents(context: IWebhookFunctions, events: readonly StoreEvent[]): StoreEvent[] {
	const types = context.getNodeParameter('events', []) as string[];
	const withTests = context.getNodeParameter('options.includeTestOrders', false) === true;
	return events.filter((event) => types.includes(event.type) && (withTests || !event.test));
}

/** A body that is not what its platform sends is the sender's fault; one that has no bearing on loyalty is nobody's. */
function answerReason(
	context: IWebhookFunctions,
	reading: Extract<Reading, { ignored: unknown }>,
): IWebhookResponseData {
	const { code, message } = reading.ignored;
	if (code === 'bodyMalformed' || code === 'topicMissing') return refuse(context, 400, message);
	if (code !== 'ping' && code !== 'topicIgnored') context.logger.warn(message, { reason: code });
	return acknowledge(code, message);
}

function acknowledge(reason: string, message: string): IWebhookResponseData {
	const webhookResponse: IDataObject = { received: true, reason, message };
	return { webhookResponse };
}

function refuse(
	context: IWebhookFunctions,
	status: 400 | 401,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ received: false, message });
	return { noWebhookResponse: true };
}

function headerOf(
	headers: Readonly<Record<string, unknown>>,
	...names: readonly string[]
): string | null {
	for (const name of names) {
		const value = headers[name];
		if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 200);
	}
	return null;
}
