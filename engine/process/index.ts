export { possibleSubjects } from './decide';
export { lookUpMembers } from './lookUp';
export type { Outcome, Redemption } from './outcome';
export { processRequests, type Run } from './processRequests';
export { programHistory } from './programHistory';
export type {
	AdjustRequest,
	AwardRequest,
	EnrollRequest,
	RedeemRequest,
	Request,
} from '../decision';
export { rebuildViews, type Rebuilt } from './rebuild';
