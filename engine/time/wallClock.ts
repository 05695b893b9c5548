import { localTime } from './clock';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What clocks and calendars of a zone show at an instant: worked out once, and only if somebody looks. */
export class WallClock {
	private millis = NaN;

	constructor(
		private readonly iso: string,
		private readonly zone: string,
	) {}

	/** The local day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
	get weekday(): number {
		// Day 0 of the epoch was a Thursday.
		const sinceMonday = (Math.floor(this.localMillis / DAY) + 3) % 7;
		return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
	}

	/** Minutes on the local clock since midnight, 0 to 1439: what the wall clock shows, also on days with 23 or 25 hours. */
	get minuteOfDay(): number {
		const sinceMidnight = this.localMillis - Math.floor(this.localMillis / DAY) * DAY;
		return Math.floor(sinceMidnight / MINUTE);
	}

	private get localMillis(): number {
		if (Number.isNaN(this.millis)) this.millis = localTime(this.iso, this.zone).millis;
		return this.millis;
	}
}
