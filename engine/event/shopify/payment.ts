import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { asText, field, objectsAt, textAt } from '../body';
import { asInstant } from '../dates';
import type { Order, PaymentState } from '../storeEvent';
import { orderExchange, paymentInShopMoney } from './exchange';
import { shopMoney } from './money';

const STATES: ReadonlyMap<string, PaymentState> = new Map([
	['pending', 'unpaid'],
	['unpaid', 'unpaid'],
	['expired', 'unpaid'],
	['authorized', 'authorized'],
	['partially_paid', 'partiallyPaid'],
	['paid', 'paid'],
	['partially_refunded', 'partiallyRefunded'],
	['refunded', 'refunded'],
	['voided', 'voided'],
]);

/** What `financial_status` says; null where the body does not say, which is never the same as paid. */
export function readPaymentState(order: Body, warnings: string[]): PaymentState | null {
	const status = textAt(order, 'financial_status', 40)?.toLowerCase();
	if (status === undefined) return null;
	const state = STATES.get(status);
	if (state === undefined) {
		warnings.push(
			`Shopify calls the payment "${status}", which is not known here and counts as unpaid.`,
		);
	}
	return state ?? 'unpaid';
}

/** An order refunded in full was paid once, too: its points are earned and taken back, as the books should show. */
export function wasPaid(state: PaymentState): boolean {
	return state === 'paid' || state === 'partiallyRefunded' || state === 'refunded';
}

/** The payments that went through, where the body lists them; webhooks usually do not. */
function payments(order: Body): Body[] {
	return objectsAt(order, 'transactions').filter(
		(transaction) =>
			textAt(transaction, 'status') === 'success' &&
			['sale', 'capture'].includes(textAt(transaction, 'kind') ?? ''),
	);
}

/** When the last payment went through, null where the body does not list payments. */
export function lastPaymentAt(order: Body): string | null {
	const times = payments(order).map(
		(payment) =>
			asInstant(field(payment, 'processed_at')) ?? asInstant(field(payment, 'created_at')) ?? '',
	);
	return times.sort().at(-1) || null;
}

/** Whether a payment went by gift card or store credit. */
export function isByCredit(payment: Body): boolean {
	const gateway = textAt(payment, 'gateway') ?? '';
	return GIFT_CARD.test(gateway) || STORE_CREDIT.test(gateway);
}

const GIFT_CARD = /^gift_?card$/i;
const STORE_CREDIT = /^(shopify_)?store_?credit$/i;

/**
 * The part of the total settled by gift card or store credit. Exact where the body lists payments. Otherwise the
 * gateways' names tell: a sole gateway paid everything that is no longer owed; with several, Shopify does not say
 * who paid what, so nothing is assumed and the order carries a warning.
 */
export function readPaidByCredit(
	amounts: Amounts,
	order: Body,
	state: PaymentState,
	total: number,
	warnings: string[],
): Order['paidByCredit'] {
	const listed = payments(order);
	if (listed.length > 0) {
		const exchange = orderExchange(amounts, order);
		const paidBy = (gateway: RegExp) => {
			const paid = amounts.sum(
				listed
					.filter((payment) => gateway.test(textAt(payment, 'gateway') ?? ''))
					.map((payment) => paymentInShopMoney(amounts, payment, exchange)),
				'payments',
			);
			return Math.max(0, Math.min(total, paid));
		};
		return { giftCard: paidBy(GIFT_CARD), storeCredit: paidBy(STORE_CREDIT), points: 0 };
	}

	const names = gatewayNames(order);
	const byGiftCard = names.some((name) => GIFT_CARD.test(name));
	const byStoreCredit = names.some((name) => STORE_CREDIT.test(name));
	if (!byGiftCard && !byStoreCredit) return { giftCard: 0, storeCredit: 0, points: 0 };
	if (names.length > 1) {
		warnings.push(
			`Part of this order was paid by ${byGiftCard ? 'gift card' : 'store credit'}, but Shopify does not say how much.`,
		);
		return { giftCard: 0, storeCredit: 0, points: 0 };
	}
	const owed = wasPaid(state)
		? 0
		: state === 'partiallyPaid'
			? shopMoney(amounts, order, 'total_outstanding')
			: total;
	const paid = Math.max(0, total - owed);
	return { giftCard: byGiftCard ? paid : 0, storeCredit: byStoreCredit ? paid : 0, points: 0 };
}

function gatewayNames(order: Body): string[] {
	const names = field(order, 'payment_gateway_names');
	if (!Array.isArray(names)) return [];
	const found = names.slice(0, 20).map((name) => asText(name, 60));
	return [...new Set(found.filter((name): name is string => name !== null))];
}
