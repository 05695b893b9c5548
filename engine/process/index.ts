export { lookUpMembers } from './lookUp';
export type { Outcome, Redemption } from './outcome';
export { processRequests, type Run } from './processRequests';
export { programHistory } from './programHistory';
export type { AdjustRequest, AwardRequest, EnrollRequest, RedeemRequest, Request } from './request';
export { rebuildViews, type Rebuilt } from './rebuild';
