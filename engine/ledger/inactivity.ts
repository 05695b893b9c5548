import { addMonths } from '../time';

/**
 * When points lapse that lapse after some months without activity (rule 19): every sign of life before the lapse puts it off.
 * Activity may be given in any order; what comes out does not depend on it.
 */
export class Inactivity {
	private readonly activity: readonly string[];
	/** By months: for each activity, when points lapse that were alive at it. */
	private readonly lapses = new Map<number, readonly string[]>();

	constructor(
		activity: readonly string[],
		private readonly zone: string,
	) {
		this.activity = [...activity].sort();
	}

	/** The lapse of points opened at `openedAt` that without further activity lapse at `lapse`. */
	lapseOf(openedAt: string, lapse: string, months: number): string {
		const first = this.firstNotBefore(openedAt);
		let until = lapse;
		for (;;) {
			const last = this.firstNotBefore(until) - 1;
			if (last < first) return until;
			const later = this.lapsesFor(months)[last];
			if (later <= until) return until;
			until = later;
		}
	}

	private lapsesFor(months: number): readonly string[] {
		let lapses = this.lapses.get(months);
		if (lapses === undefined) {
			lapses = this.chain(months);
			this.lapses.set(months, lapses);
		}
		return lapses;
	}

	private chain(months: number): string[] {
		const lapses: string[] = new Array(this.activity.length);
		for (let index = this.activity.length - 1; index >= 0; index -= 1) {
			const own = addMonths(this.activity[index], months, this.zone);
			const next = this.activity[index + 1];
			lapses[index] = next !== undefined && next < own ? lapses[index + 1] : own;
		}
		return lapses;
	}

	private firstNotBefore(at: string): number {
		let low = 0;
		let high = this.activity.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.activity[middle] >= at) high = middle;
			else low = middle + 1;
		}
		return low;
	}
}
