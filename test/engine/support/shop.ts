import type {
	CustomerCreated,
	Order,
	OrderCancelled,
	OrderLine,
	OrderPaid,
	OrderRefunded,
	Refund,
} from '../../../engine/event/storeEvent';
import { checkProgram, type ProgramDraft, type PublishedProgram } from '../../../engine/program';

/** Small orders and programmes for tests. Amounts in cents. */
export const STORE = 'shop.example';
export const ANNA = 'anna@example.com';
export const NOW = '2026-03-01T12:00:00.000Z';

/** Points at once and never expiring, so that a test sees what it is about. */
export const PLAIN: ProgramDraft = {
	currency: 'EUR',
	timeZone: 'Europe/Berlin',
	pending: { mode: 'none' },
	expiry: { mode: 'never' },
};

export function published(draft: ProgramDraft = {}, version = 1): PublishedProgram {
	const checked = checkProgram({ ...PLAIN, ...draft });
	if (!checked.ok) throw new Error(checked.reason.message);
	return { version, publishedAt: '2026-01-01T00:00:00.000Z', program: checked.value };
}

export function line(over: Partial<OrderLine> = {}): OrderLine {
	return {
		id: 'line-1',
		productId: 'product-1',
		variantId: null,
		sku: 'SKU-1',
		title: 'A thing',
		quantity: 1,
		net: 10000,
		tax: 0,
		giftCard: false,
		categories: [],
		tags: [],
		...over,
	};
}

export function order(over: Partial<Order> = {}): Order {
	const lines = over.lines ?? [line()];
	const shipping = over.shipping ?? { net: 0, tax: 0 };
	const goods = lines.reduce((sum, one) => sum + one.net + one.tax, 0);
	return {
		id: '1001',
		number: '#1001',
		currency: 'EUR',
		createdAt: '2026-02-01T10:00:00.000Z',
		paidAt: '2026-02-01T10:00:00.000Z',
		updatedAt: null,
		cancelledAt: null,
		fulfilledAt: null,
		paymentState: 'paid',
		status: 'paid',
		customer: {
			id: '7',
			email: 'Anna@Example.com ',
			phone: null,
			firstName: 'Anna',
			lastName: 'Berg',
			locale: 'de',
			consent: 'yes',
			orderCount: null,
			tags: [],
		},
		lines,
		shipping,
		total: goods + shipping.net + shipping.tax,
		paidByCredit: { giftCard: 0, storeCredit: 0, points: 0 },
		discountCodes: [],
		channel: 'web',
		attribution: {
			landingSite: null,
			referrer: null,
			source: null,
			medium: null,
			campaign: null,
			referralCode: null,
		},
		warnings: [],
		...over,
	};
}

export function paid(over: Partial<Order> = {}): OrderPaid {
	const one = order(over);
	return {
		type: 'order.paid',
		platform: 'shopify',
		store: STORE,
		occurredAt: one.paidAt ?? one.createdAt ?? NOW,
		test: false,
		order: one,
	};
}

export function cancelled(
	over: Partial<Order> = {},
	occurredAt = '2026-02-10T10:00:00.000Z',
): OrderCancelled {
	return {
		type: 'order.cancelled',
		platform: 'shopify',
		store: STORE,
		occurredAt,
		test: false,
		order: order(over),
		reason: null,
	};
}

export function refunded(
	over: Partial<Refund> = {},
	occurredAt = '2026-02-05T10:00:00.000Z',
): OrderRefunded {
	return {
		type: 'order.refunded',
		platform: 'shopify',
		store: STORE,
		occurredAt,
		test: false,
		refund: {
			id: 'refund-1',
			orderId: '1001',
			orderNumber: '#1001',
			currency: 'EUR',
			amount: 5000,
			shipping: 0,
			lines: [],
			reason: null,
			...over,
		},
		customer: null,
	};
}

export function newCustomer(
	email: string,
	occurredAt = '2026-01-15T10:00:00.000Z',
): CustomerCreated {
	return {
		type: 'customer.created',
		platform: 'shopify',
		store: STORE,
		occurredAt,
		test: false,
		customer: {
			id: '7',
			email,
			phone: null,
			firstName: 'Anna',
			lastName: 'Berg',
			locale: null,
			consent: 'unknown',
			orderCount: 0,
			tags: [],
		},
	};
}
