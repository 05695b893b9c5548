export type { Period } from './calendar';
export { addDays, addMonths, instantBefore, localDay, startOf, startOfYear } from './calendar';
export { daysFromCivil } from './civilDate';
export { parseInstant } from './instant';
export { membershipYearStart, rollingWindowStart } from './window';
export { WallClock } from './wallClock';
export { isZone } from './zone';
