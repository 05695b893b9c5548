const ADOPTED = 'adopted:';

/**
 * Keys made from business facts, never from a delivery (rule 6): whoever reports a fact, and however often, arrives at the
 * same key. Parts from outside are made safe so that no two different facts share a key.
 */
export const entryKey = {
	order: (store: string, orderId: string) => `earn:order:${part(store)}:${part(orderId)}`,
	refund: (store: string, refundId: string) => `reverse:refund:${part(store)}:${part(refundId)}`,
	cancel: (store: string, orderId: string) => `reverse:cancel:${part(store)}:${part(orderId)}`,
	fulfil: (store: string, orderId: string) => `fulfil:order:${part(store)}:${part(orderId)}`,
	customer: (store: string, customerId: string) =>
		`join:customer:${part(store)}:${part(customerId)}`,
	enroll: (member: string) => `join:member:${part(member)}`,
	award: (member: string, requestId: string) => `award:${part(member)}:${part(requestId)}`,
	adjust: (member: string, requestId: string) => `adjust:${part(member)}:${part(requestId)}`,
	/** A request whose first redemption was taken back may be tried again: each attempt has a key. */
	redeem: (requestId: string, attempt = 1) =>
		attempt === 1 ? `redeem:${part(requestId)}` : `redeem:${part(requestId)}:${attempt}`,
	tierBonus: (member: string, tier: string) => `tierbonus:${part(member)}:${part(tier)}`,
	voided: (key: string, writer: string) => `void:${part(writer)}:${key}`,
	/** A fact that was known before anybody knew whose it is, given to its member. */
	adopted: (key: string) => `${ADOPTED}${key}`,
	expire: (lot: string) => `expire:${lot}`,
};

/** The key of the fact itself, whether or not it had to be adopted: a fact counts once for a member under either. */
export function factKey(key: string): string {
	return key.startsWith(ADOPTED) ? key.slice(ADOPTED.length) : key;
}

/** Names an order across shops. */
export function orderRef(store: string, orderId: string): string {
	return `${part(store)}:${part(orderId)}`;
}

function part(text: string): string {
	return text.includes('%') || text.includes(':')
		? text.replaceAll('%', '%25').replaceAll(':', '%3A')
		: text;
}
