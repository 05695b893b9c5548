export {
	isKnown,
	keep,
	record,
	skip,
	type Decision,
	type Entries,
	type Knowledge,
} from './decision';
export type {
	AdjustRequest,
	AwardRequest,
	CancelRedemptionRequest,
	EnrollRequest,
	RedeemRequest,
	Request,
} from './request';
