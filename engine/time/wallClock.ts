import { millisOfInstant } from './clock';
import { offsetAt } from './zone';

const DAY = 86_400_000;
const MINUTE = 60_000;
const NOT_READ = -1;

/** What clocks and calendars of a zone show at an instant: worked out once, and only if somebody looks. */
export class WallClock {
	private minute = NOT_READ;
	/** Days since a Monday long before the first year of the calendar. */
	private day = NOT_READ;

	constructor(
		private readonly iso: string,
		private readonly zone: string,
	) {}

	/** The local day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
	get weekday(): number {
		if (this.day === NOT_READ) this.read();
		return (this.day % 7) + 1;
	}

	/** Minutes on the local clock since midnight, 0 to 1439: what the wall clock shows, also on days with 23 or 25 hours. */
	get minuteOfDay(): number {
		if (this.minute === NOT_READ) this.read();
		return this.minute;
	}

	private read(): void {
		const millis = millisOfInstant(this.iso);
		const local = millis + offsetAt(millis, this.zone);
		const day = Math.floor(local / DAY);
		this.minute = Math.floor((local - day * DAY) / MINUTE);
		this.day = day + MONDAY_LONG_AGO;
	}
}

/** Day 0 of the epoch was a Thursday; so many weeks before it nobody bought anything. */
const MONDAY_LONG_AGO = 3 + 7 * 10_000;
