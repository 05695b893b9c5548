import type { OrderRow } from './order-row';

/** What orders tell of a customer beside what they bought: enough to find them in a CRM. */
export interface Contact {
	readonly email: string | null;
	readonly customerId: string | null;
	readonly name: string | null;
}

/** Decides which orders are of one customer, and keeps what is known of each. */
export class ContactBook {
	readonly contacts = new Map<string, Contact>();
	private readonly emailOfId = new Map<string, string>();

	/** @param byId the operator has chosen the field that identifies a customer, so e-mail does not */
	constructor(private readonly byId: boolean) {}

	/** Takes in which id has which address; all orders first, for an address on one is good for the others. */
	learn(row: OrderRow): void {
		if (row.email === undefined || row.customerId === undefined) return;
		if (!this.emailOfId.has(row.customerId)) this.emailOfId.set(row.customerId, row.email);
	}

	/** The e-mail address, or the one another order of the same id has, or the id; empty when unknown. */
	keyOf({ email, customerId }: OrderRow): string {
		if (this.byId) return customerId ?? '';
		return email ?? this.emailOfId.get(customerId ?? '') ?? customerId ?? '';
	}

	/** Keeps what is known of a customer; of several names or ids the one given last. */
	note(key: string, row: OrderRow): void {
		const known = this.contacts.get(key);
		const email = row.email?.toLowerCase() ?? known?.email ?? (key.includes('@') ? key : null);
		const customerId = row.customerId ?? known?.customerId ?? null;
		const name = row.name ?? known?.name ?? null;
		if (email === known?.email && customerId === known?.customerId && name === known?.name) return;
		this.contacts.set(key, { email, customerId, name });
	}
}
