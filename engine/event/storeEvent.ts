/**
 * What a shop reported, in one shape for every platform.
 *
 * Ids are strings, exact beyond 2^53. Money is an integer in the minor unit of `currency` (ISO 4217 exponent).
 * Instants are ISO 8601 in UTC with a trailing `Z`. `null` means "the shop did not say", never zero.
 * One webhook may report several facts (an order that is paid and already partly refunded): readers give a list.
 */
export type StoreEvent =
	| OrderCreated
	| OrderPaid
	| OrderCancelled
	| OrderRefunded
	| CustomerCreated
	| CheckoutOpened;

interface Reported {
	readonly platform: Platform;
	/**
	 * The shop's own address, lower case, with the path where several shops share a domain ("shop.example/de"): part of
	 * every ledger key. The platform's name where a body that came without headers does not tell.
	 */
	readonly store: string;
	/** When the fact became true in the shop, never when the webhook arrived. */
	readonly occurredAt: string;
	/** The shop's own words on whether this is a test. Test events earn nothing. */
	readonly test: boolean;
}

export type Platform = 'shopify' | 'woocommerce';

/** An order that exists but is not paid: pending, authorised, partly paid, failed. */
export interface OrderCreated extends Reported {
	readonly type: 'order.created';
	readonly order: Order;
}

/** An order that is paid as the platform documents it (rule 17), whatever the topic was called. */
export interface OrderPaid extends Reported {
	readonly type: 'order.paid';
	readonly order: Order;
}

export interface OrderCancelled extends Reported {
	readonly type: 'order.cancelled';
	readonly order: Order;
	readonly reason: string | null;
}

/** Money that was really paid back. Refunds without a successful payment are not reported. */
export interface OrderRefunded extends Reported {
	readonly type: 'order.refunded';
	readonly refund: Refund;
	/** Who bought, where the webhook says so. Shopify's refunds/create does not. */
	readonly customer: Customer | null;
}

export interface CustomerCreated extends Reported {
	readonly type: 'customer.created';
	readonly customer: Customer;
}

/** A checkout begun; `completedAt` tells whether it became an order. */
export interface CheckoutOpened extends Reported {
	readonly type: 'checkout.opened';
	readonly checkout: Checkout;
}

export interface Order {
	readonly id: string;
	/** What the shop and the customer call it, e.g. "#1001". */
	readonly number: string | null;
	readonly currency: string;
	readonly createdAt: string | null;
	readonly paidAt: string | null;
	readonly updatedAt: string | null;
	readonly cancelledAt: string | null;
	readonly fulfilledAt: string | null;
	readonly paymentState: PaymentState;
	/**
	 * True where no payment date but only the status says that it is paid (cash on delivery), by the list that is usual on the
	 * platform. A programme may have a list of its own.
	 */
	readonly paidByStatus?: boolean;
	/** The platform's own word for the state, e.g. "processing", for messages. */
	readonly status: string;
	readonly customer: Customer | null;
	readonly lines: readonly OrderLine[];
	readonly shipping: { readonly net: number; readonly tax: number };
	/** What the customer was asked to pay: goods, shipping and tax after discounts, before gift cards and store credit. */
	readonly total: number;
	/** The part of `total` settled by gift card, store credit or redeemed points. */
	readonly paidByCredit: {
		readonly giftCard: number;
		readonly storeCredit: number;
		readonly points: number;
	};
	readonly discountCodes: readonly string[];
	/** Where it was sold: "web", "pos", … as the platform names it. */
	readonly channel: string | null;
	readonly attribution: Attribution;
	/** Whatever was odd but not fatal (sums that do not add up, a missing field), in words for the shop owner. */
	readonly warnings: readonly string[];
}

export type PaymentState =
	| 'unpaid'
	| 'authorized'
	| 'partiallyPaid'
	| 'paid'
	| 'partiallyRefunded'
	| 'refunded'
	| 'voided';

export interface OrderLine {
	readonly id: string;
	readonly productId: string | null;
	readonly variantId: string | null;
	readonly sku: string | null;
	readonly title: string;
	readonly quantity: number;
	/** After the line's discounts and its share of the order's discounts, without tax. */
	readonly net: number;
	/** Tax on `net`. */
	readonly tax: number;
	readonly giftCard: boolean;
	/** Category and tag names or ids where the platform sends them; usually empty in webhooks. */
	readonly categories: readonly string[];
	readonly tags: readonly string[];
}

export interface Refund {
	readonly id: string;
	readonly orderId: string;
	readonly orderNumber: string | null;
	readonly currency: string;
	/** Money paid back, tax and shipping included, customs duties left out. Always positive. */
	readonly amount: number;
	/** The part of `amount` that was shipping, where the platform tells. */
	readonly shipping: number;
	/** The part of `amount` that went back to a gift card or store credit, where the platform tells. */
	readonly credit?: number;
	/** Goods given back, with what was paid back for them tax included; empty where the platform sends only a sum. */
	readonly lines: readonly RefundLine[];
	/** Why, in the words the shop's staff wrote down; null if they wrote nothing. */
	readonly reason: string | null;
}

export interface RefundLine {
	readonly lineId: string;
	readonly quantity: number;
	/** Tax included. */
	readonly amount: number;
}

export interface Customer {
	readonly id: string | null;
	/** As the shop has it; normalising is the engine's rule. */
	readonly email: string | null;
	readonly phone: string | null;
	readonly firstName: string | null;
	readonly lastName: string | null;
	readonly locale: string | null;
	/** May the shop send marketing? Three answers: a missing consent is not a no. */
	readonly consent: Consent;
	/** Orders before and with this one as the shop counts them, where it says so. */
	readonly orderCount: number | null;
	readonly tags: readonly string[];
}

export type Consent = 'yes' | 'no' | 'unknown';

export interface Attribution {
	readonly landingSite: string | null;
	readonly referrer: string | null;
	readonly source: string | null;
	readonly medium: string | null;
	readonly campaign: string | null;
	/** A referral code carried by the order (note attribute, landing page parameter), as found. */
	readonly referralCode: string | null;
}

export interface Checkout {
	readonly id: string;
	readonly token: string | null;
	readonly customer: Customer | null;
	readonly currency: string | null;
	readonly total: number | null;
	readonly recoveryUrl: string | null;
	readonly completedAt: string | null;
	readonly lines: readonly {
		readonly productId: string | null;
		readonly title: string;
		readonly quantity: number;
	}[];
}
