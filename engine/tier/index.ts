export { memberTier, type MemberTier } from './memberTier';
export type { QualifyingMovement } from './movement';
export { tierStanding, type TierStanding } from './standing';
