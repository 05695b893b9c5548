import { firstInstant, shiftMonths } from './calendar';
import { localTime } from './clock';

const DAY = 86_400_000;

/**
 * Where a window of the last `months` months begins: the start of the local day that many months before `now`.
 * Whole days, so that what a member sees does not change with the hour: something bought on 5 March counts in a
 * window of 12 months until the end of 5 March of the next year.
 */
export function rollingWindowStart(now: string, months: number, zone: string): string {
	return firstInstant(midnight(shiftMonths(localTime(now, zone).millis, -months)), zone);
}

/**
 * Where the member's current year began: the start of the local day of joining, or of its latest anniversary up to
 * `now`. Who joined on 29 February has it on 28 February in other years. Before joining it is the day of joining.
 */
export function membershipYearStart(joinedAt: string, now: string, zone: string): string {
	const joined = localTime(joinedAt, zone).millis;
	const current = localTime(now, zone).millis;
	const anniversary = (years: number) => midnight(shiftMonths(joined, 12 * years));
	let years = new Date(current).getUTCFullYear() - new Date(joined).getUTCFullYear();
	if (anniversary(years) > current) years -= 1;
	return firstInstant(anniversary(Math.max(0, years)), zone);
}

function midnight(localMillis: number): number {
	return Math.floor(localMillis / DAY) * DAY;
}
