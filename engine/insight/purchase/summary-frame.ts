import { refusal, success, type Result } from '../../result';
import { civilDayReader, isZone, type CivilDayReader } from './civil-day';

/** How orders are made into summaries. */
export interface SummaryOptions {
	/** IANA name of the shop's time zone: it decides on which calendar day an order falls. */
	readonly zone: string;
	/** The last day that counts: ISO text or milliseconds. Later orders are left out. */
	readonly asOf: string | number;
	/** Days in one time unit of t_x and T; 7 (weeks) when not given. */
	readonly unitDays?: number;
}

/** The options as they are used. */
export interface SummaryFrame {
	readonly dayOf: CivilDayReader;
	readonly asOfDay: number;
	readonly unitDays: number;
}

/** Reads the options; refused are a zone or as-of date that cannot be read, or a time unit that is not above 0. */
export function readFrame(options: SummaryOptions): Result<SummaryFrame> {
	if (!isZone(options.zone)) {
		return refusal(
			'unknown_zone',
			`"${options.zone}" is not a time zone. Give a name such as Europe/Berlin or America/New_York.`,
		);
	}
	const dayOf = civilDayReader(options.zone);
	const asOfDay = dayOf(options.asOf);
	if (Number.isNaN(asOfDay)) {
		return refusal(
			'unreadable_as_of',
			`The as-of date "${String(options.asOf)}" cannot be read. Give a date such as 2026-01-31.`,
		);
	}
	const unitDays = options.unitDays ?? 7;
	if (!(unitDays > 0 && Number.isFinite(unitDays))) {
		return refusal('bad_unit', `A time unit of ${unitDays} days makes no sense. Give 7 for weeks.`);
	}
	return success({ dayOf, asOfDay, unitDays });
}
