import { z } from 'zod/v4';
import { currencyExponent } from '../money';
import type { Result } from '../result';
import { refusal, success } from '../result';
import type { StoreEvent } from './storeEvent';

const text = z.string().max(2000);
const key = z.string().min(1).max(500);
const name = text.nullable();
const instant = z
	.string()
	.regex(
		/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
		'must be a time in UTC such as 2024-10-01T12:00:00.000Z',
	)
	.refine((iso) => Number.isFinite(Date.parse(iso)), 'is not a moment that exists');
const minorUnits = z.int();
const amount = minorUnits.nonnegative();
const currency = z
	.string()
	.refine((code) => currencyExponent(code) !== undefined, 'must be an ISO 4217 code such as EUR');
const names = z.array(text).max(200);
const quantity = z.number().nonnegative().max(1_000_000_000);

const customer = z.object({
	id: key.nullable(),
	email: name,
	phone: name,
	firstName: name,
	lastName: name,
	locale: name,
	consent: z.enum(['yes', 'no', 'unknown']),
	orderCount: z.int().nonnegative().nullable(),
	tags: names,
});

const order = z.object({
	id: key,
	number: name,
	currency,
	createdAt: instant.nullable(),
	paidAt: instant.nullable(),
	updatedAt: instant.nullable(),
	cancelledAt: instant.nullable(),
	fulfilledAt: instant.nullable(),
	paidByStatus: z.boolean().optional(),
	paymentState: z.enum([
		'unpaid',
		'authorized',
		'partiallyPaid',
		'paid',
		'partiallyRefunded',
		'refunded',
		'voided',
	]),
	status: text,
	customer: customer.nullable(),
	lines: z
		.array(
			z.object({
				id: key,
				productId: name,
				variantId: name,
				sku: name,
				title: text,
				quantity,
				net: minorUnits,
				tax: minorUnits,
				giftCard: z.boolean(),
				categories: names,
				tags: names,
			}),
		)
		.max(2000),
	shipping: z.object({ net: minorUnits, tax: minorUnits }),
	total: minorUnits,
	paidByCredit: z.object({ giftCard: amount, storeCredit: amount, points: amount }),
	discountCodes: names,
	channel: name,
	attribution: z.object({
		landingSite: name,
		referrer: name,
		source: name,
		medium: name,
		campaign: name,
		referralCode: name,
	}),
	warnings: z.array(text).max(1000),
});

const refund = z.object({
	id: key,
	orderId: key,
	orderNumber: name,
	currency,
	amount: amount.positive('must be above zero'),
	shipping: amount,
	credit: amount.optional(),
	lines: z.array(z.object({ lineId: key, quantity, amount })).max(2000),
	reason: name,
});

const checkout = z.object({
	id: key,
	token: name,
	customer: customer.nullable(),
	currency: currency.nullable(),
	total: minorUnits.nullable(),
	recoveryUrl: name,
	completedAt: instant.nullable(),
	lines: z.array(z.object({ productId: name, title: text, quantity })).max(2000),
});

const reported = {
	platform: z.enum(['shopify', 'woocommerce']),
	store: key,
	occurredAt: instant,
	test: z.boolean(),
};

/** The shape of `StoreEvent`; what is known is checked, what is not is left out. */
const schema: z.ZodType<StoreEvent> = z.discriminatedUnion('type', [
	z.object({ type: z.literal('order.created'), ...reported, order }),
	z.object({ type: z.literal('order.paid'), ...reported, order }),
	z.object({ type: z.literal('order.cancelled'), ...reported, order, reason: name }),
	z.object({
		type: z.literal('order.refunded'),
		...reported,
		refund,
		customer: customer.nullable(),
	}),
	z.object({ type: z.literal('customer.created'), ...reported, customer }),
	z.object({ type: z.literal('checkout.opened'), ...reported, checkout }),
]);

/**
 * A store event that comes back as the JSON of an n8n item, where anybody may have changed it on the way.
 * Refusal `eventInvalid` names the first field that is wrong; unknown fields are dropped.
 */
export function parseStoreEvent(json: unknown): Result<StoreEvent> {
	const parsed = schema.safeParse(json);
	if (parsed.success) return success(parsed.data);
	const [issue] = parsed.error.issues;
	const where = issue.path.map(String).join('.');
	return refusal(
		'eventInvalid',
		where === ''
			? 'This is not a store event. Connect the Store Event Trigger, or pass its "event" field on unchanged.'
			: `The store event cannot be used: "${where.slice(0, 100)}" ${describe(issue.message)}. Pass the "event" field of the Store Event Trigger on unchanged.`,
	);
}

function describe(message: string): string {
	return /^(must|is)\b/.test(message) ? message : `is not as it should be (${message})`;
}
