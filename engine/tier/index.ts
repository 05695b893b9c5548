export type { QualifyingMovement } from './movement';
export { qualifyingSum, windowStart } from './qualifyingWindow';
export { highestReached, rankOf, reachedTier, type HeldTier } from './reachedTier';
export { tierStanding, type TierStanding } from './standing';
