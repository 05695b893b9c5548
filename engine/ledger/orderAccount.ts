import type { Row } from './entry';
import type { GivenBack, RefundRow } from './givenBack';
import type { Lot } from './lot';

/** One order with all that was said about it, in whatever order it was said. */
export interface OrderAccount {
	readonly ref: string;
	earn: (Row & { kind: 'earn' }) | null;
	lot: Lot | null;
	refunds: readonly RefundRow[];
	cancel: (Row & { kind: 'cancel' }) | null;
	fulfil: (Row & { kind: 'fulfil' }) | null;
	/** What all refunds and the cancellation gave back by now; null while there are none, or nobody's points depend on it. */
	back: GivenBack | null;
	/** What refunds and cancellations took so far, from lots of any state or as a debt. */
	taken: number;
	/** What they would have taken, had the points not been spent. */
	uncollected: number;
}

const NO_REFUNDS: readonly RefundRow[] = [];

export function openAccount(ref: string): OrderAccount {
	return {
		ref,
		earn: null,
		lot: null,
		refunds: NO_REFUNDS,
		cancel: null,
		fulfil: null,
		back: null,
		taken: 0,
		uncollected: 0,
	};
}
