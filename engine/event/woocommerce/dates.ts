import type { Body } from '../body';
import { field } from '../body';
import { asInstant, instantAt } from '../dates';

/** Dates that WooCommerce writes twice, as site time and as UTC. */
const PAIRS = ['date_created', 'date_modified', 'date_paid', 'date_completed'];

/**
 * A date of a WooCommerce resource. `<name>_gmt` is UTC although it says no zone. Where only the site's own time is
 * there, the other dates of the body show how far the site is from UTC; without any it is taken as UTC.
 */
export function wooInstant(body: Body, name: string): string | null {
	const utc = instantAt(body, `${name}_gmt`);
	if (utc !== null) return utc;
	const local = instantAt(body, name);
	if (local === null) return null;
	const written = field(body, name);
	const hasZone = typeof written === 'number' || /(?:Z|[+-]\d{2}:?\d{2})$/i.test(String(written));
	return hasZone ? local : asInstant(Date.parse(local) - siteOffset(body));
}

/** Milliseconds the site's clock is ahead of UTC, as the body shows; 0 where it does not. */
function siteOffset(body: Body): number {
	for (const name of PAIRS) {
		const local = instantAt(body, name);
		const utc = instantAt(body, `${name}_gmt`);
		if (local === null || utc === null) continue;
		const ahead = Date.parse(local) - Date.parse(utc);
		if (Math.abs(ahead) <= 14 * 3_600_000) return ahead;
	}
	return 0;
}
