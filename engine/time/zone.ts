import { IANAZone } from 'luxon';

const DAY = 86_400_000;

/** Zones stay few and days many; both may come from outside, so both are bounded. */
const MOST_ZONES = 200;
const MOST_DAYS = 4000;

/**
 * A zone and its offsets by UTC day, in milliseconds; null for a day on which the offset changes. Asking the
 * time zone database costs more than parsing an order does, and the same days are asked for again and again.
 */
interface Zone {
	readonly rules: IANAZone;
	readonly offsets: Map<number, number | null>;
}

const zones = new Map<string, Zone | null>();

/**
 * Whether this is an IANA time zone such as "Europe/Berlin" or "UTC". Words that mean the server's own zone
 * ("local", "system") are not: what a shop's day is must not depend on where n8n runs.
 */
export function isZone(name: string): boolean {
	return find(name) !== null;
}

/**
 * How far the zone's clocks are ahead of UTC at that instant (both in milliseconds).
 * Zones are checked where they enter, so an unknown one is a fault of the caller and throws a RangeError.
 */
export function offsetAt(millis: number, name: string): number {
	const zone = find(name);
	if (!zone) throw new RangeError(`Unknown time zone ${name}`);
	const day = Math.floor(millis / DAY);
	let offset = zone.offsets.get(day);
	if (offset === undefined) {
		const atStart = zone.rules.offset(day * DAY);
		offset = atStart === zone.rules.offset((day + 1) * DAY) ? atStart * 60_000 : null;
		if (zone.offsets.size >= MOST_DAYS) zone.offsets.clear();
		zone.offsets.set(day, offset);
	}
	return offset ?? zone.rules.offset(millis) * 60_000;
}

let lastName = '';
let last: Zone | null = null;

/** Nearly every call is for the zone of the call before. */
function find(name: string): Zone | null {
	if (name !== lastName) {
		last = lookUp(name);
		lastName = name;
	}
	return last;
}

function lookUp(name: string): Zone | null {
	let zone = zones.get(name);
	if (zone === undefined) {
		const valid = name.length <= 64 && IANAZone.isValidZone(name);
		zone = valid ? { rules: IANAZone.create(name), offsets: new Map() } : null;
		if (zones.size >= MOST_ZONES) zones.clear();
		zones.set(name, zone);
	}
	return zone;
}
