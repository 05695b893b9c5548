export { checkProgram, type ProgramFault, type ProgramRefusal } from './checkProgram';
export type { Condition, EarningRule, Scope } from './earningRule';
export {
	prepareProgram,
	type PreparedProgram,
	type PreparedRule,
	type PreparedScope,
	type PreparedTier,
} from './preparedProgram';
export { programSchema, type Program, type ProgramDraft, type PublishedProgram } from './program';
export { ProgramHistory } from './programHistory';
export { nextVersion } from './nextVersion';
export type { TierLevel, Tiers } from './tiers';
export { folded } from './folded';
export { worthOf } from './worthOf';
