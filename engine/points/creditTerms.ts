import type { CreditFacts } from '../ledger';
import type { PreparedProgram } from '../program';
import { addDays, addMonths, parseInstant, startOf, startOfYear } from '../time';

/** The instants an order's clocks may start from. */
export interface OrderClock {
	readonly paid: string;
	readonly created: string;
	readonly fulfilled: string | null;
}

/** When an order's points may be spent and when they lapse (rules 18 and 19). */
export function orderCreditTerms(clock: OrderClock, program: PreparedProgram): CreditFacts {
	const { expiresAt, inactivityMonths } = lapse(clock.created, program);
	return { availableAt: orderAvailableAt(clock, program), expiresAt, inactivityMonths };
}

/** When points given for something else than an order may be spent and lapse: at once, and as the programme says. */
export function awardCreditTerms(at: string, program: PreparedProgram): CreditFacts {
	return { availableAt: at, ...lapse(at, program) };
}

/** Null while delivery, which the programme waits for, is not reported. */
export function orderAvailableAt(clock: OrderClock, program: PreparedProgram): string | null {
	const { mode, days, clock: start } = program.program.pending;
	switch (mode) {
		case 'none':
			return clock.paid;
		case 'delivered':
			return clock.fulfilled;
		case 'days': {
			const from = clock[start];
			return from === null ? null : addDays(from, days, program.program.timeZone);
		}
	}
}

/** No point lapses before one full period from the day on which expiry became this strict. */
function lapse(
	at: string,
	program: PreparedProgram,
): Pick<CreditFacts, 'expiresAt' | 'inactivityMonths'> {
	const { mode, months, day } = program.program.expiry;
	const zone = program.program.timeZone;
	const since = program.program.expiry.since ?? program.publishedAt;
	const from = at < since ? since : at;
	switch (mode) {
		case 'never':
			return { expiresAt: null, inactivityMonths: null };
		case 'perLot':
			return { expiresAt: addMonths(from, months, zone), inactivityMonths: null };
		case 'inactivity':
			return { expiresAt: addMonths(from, months, zone), inactivityMonths: months };
		case 'calendarDay': {
			const earliest = addMonths(since, 12, zone);
			return {
				expiresAt: endOfDayAfter(at > earliest ? at : earliest, day, zone),
				inactivityMonths: null,
			};
		}
	}
}

/** The end of the next such day of a year that ends after `at`; Feb 29 is Feb 28 in other years. */
function endOfDayAfter(at: string, monthAndDay: string, zone: string): string {
	let year = Number(startOfYear(at, zone).slice(0, 4));
	for (;;) {
		const end = startOf(addDays(dayOf(year, monthAndDay, zone), 1, zone), 'day', zone);
		if (end > at) return end;
		year += 1;
	}
}

function dayOf(year: number, monthAndDay: string, zone: string): string {
	const day = parseInstant(`${year}-${monthAndDay}`, zone);
	if (day.ok) return day.value;
	return dayOf(
		year,
		`${monthAndDay.slice(0, 3)}${String(Number(monthAndDay.slice(3)) - 1).padStart(2, '0')}`,
		zone,
	);
}
