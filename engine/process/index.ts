export { lookUpMembers } from './lookUp';
export type { Outcome, Redemption } from './outcome';
export { processRequests } from './processRequests';
export type { Run } from './report';
export { programHistory } from './programHistory';
export type {
	AdjustRequest,
	AwardRequest,
	EnrollRequest,
	RedeemRequest,
	Request,
} from '../decision';
export { rebuildViews, type Rebuilt } from './rebuild';
