export {
	SHIPPING_LINE,
	type AnyEntry,
	type BreakdownLine,
	type CreditFacts,
	type EarnFacts,
	type EarnLine,
	type Entry,
	type EntryKind,
	type Profile,
	type RedeemFacts,
	type Row,
} from './entry';
export { adoptedBy } from './adopted';
export { entryKey, factKey, orderRef } from './entryKey';
export type { Ledger, Subjects } from './ledger';
export type { Lot } from './lot';
export type { Books, MemberState, PointsAt } from './memberState';
export type { OrderAccount } from './orderAccount';
export { countedRows, replay } from './replay';
export { voidOf } from './voidOf';
