import type { Attribution } from './storeEvent';

/** Names under which shops and their apps hand a referral code on, most telling first. */
const REFERRAL_NAMES = ['referral_code', 'referralcode', 'referral', 'refcode', 'ref'];

/** A first look at a name: orders carry dozens of notes of other apps. */
const TELLING = /ref|utm/i;

/** What an order says about where it came from. `hints` are the order's own notes, with names as the shop wrote them. */
export function readAttribution(
	landingSite: string | null,
	referrer: string | null,
	hints: ReadonlyArray<readonly [name: string, value: string | null]>,
): Attribution {
	const noted = new Map<string, string>();
	for (const [name, value] of hints) {
		if (!TELLING.test(name)) continue;
		const key = normalise(name);
		if (value !== null && !noted.has(key)) noted.set(key, value);
	}
	const query = queryOf(landingSite);
	const find = (name: string) => noted.get(name) ?? query?.get(name)?.trim().slice(0, 500) ?? null;
	return {
		landingSite,
		referrer,
		source: find('utm_source') || null,
		medium: find('utm_medium') || null,
		campaign: find('utm_campaign') || null,
		referralCode: REFERRAL_NAMES.map(find).find((code) => code !== null && code !== '') ?? null,
	};
}

/** "Referral Code", "referral-code" and "_referral_code" are one name. */
function normalise(name: string): string {
	return name
		.slice(0, 100)
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_')
		.replace(/^_+/, '');
}

/** The telling parameters of a landing page, of each name the first. Landing pages come with and without a host. */
function queryOf(landingSite: string | null): ReadonlyMap<string, string> | null {
	const start = landingSite?.indexOf('?') ?? -1;
	if (landingSite === null || start === -1) return null;
	const [query] = landingSite.slice(start + 1).split('#', 1);
	const found = new Map<string, string>();
	for (const part of query.split('&')) {
		if (!TELLING.test(part)) continue;
		const end = part.includes('=') ? part.indexOf('=') : part.length;
		const name = decoded(part.slice(0, end));
		if (!found.has(name)) found.set(name, decoded(part.slice(end + 1)));
	}
	return found;
}

/** As browsers read a query; most names and values need no reading. */
function decoded(text: string): string {
	if (!/[%+]/.test(text)) return text;
	return new URLSearchParams(`text=${text}`).get('text') ?? '';
}
