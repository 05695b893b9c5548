export { assignHoldout, type CampaignGroup, type HoldoutPlan } from './holdout';
export {
	measureLift,
	type CampaignCustomer,
	type GroupResult,
	type LiftMeasure,
	type LiftReport,
	type LiftSettings,
	type LiftVerdict,
} from './lift';
export type { Interval } from './interval';
export type { Confidence } from './quantile';
export { campaignCustomers, type CampaignOutcome } from './campaign-customers';
export { liftStatement, type LiftMeasureName } from './statement';
