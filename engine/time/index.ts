export type { Period } from './calendar';
export {
	addDays,
	addMonths,
	localDay,
	minuteOfDay,
	startOf,
	startOfYear,
	weekday,
} from './calendar';
export { parseInstant } from './instant';
export { membershipYearStart, rollingWindowStart } from './window';
export { isZone } from './zone';
