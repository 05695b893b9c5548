export { LADDER_RUNGS, type LadderRung } from './ladder';
export { Preferences, type PurchasedLines } from './preference';
export {
	segmentCustomers,
	type GroupTotal,
	type SegmentReport,
	type SegmentSettings,
} from './segment-customers';
export { segmentAdvice, SEGMENT_NAMES, type SegmentName } from './segment-name';
export { vipGroup, type VipGroup } from './vip';
export type { Cohort } from './cohort';
