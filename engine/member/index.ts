export { boughtBy } from './boughtBy';
export { decideCustomer, decideEnrollment } from './decideJoin';
export { memberOf, normaliseEmail, profileOf } from './identity';
export { memberView, type MemberView } from './memberView';
