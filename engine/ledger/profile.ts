import type { Profile, Row } from './entry';

export const UNKNOWN_PROFILE: Profile = {
	email: null,
	phone: null,
	firstName: null,
	lastName: null,
	locale: null,
	consent: 'unknown',
	customerId: null,
};

/** What a member is called: of each field the value that was said last, by the time it was true, not by arrival. */
export function latestProfile(rows: readonly Row[]): Profile {
	let profile: Profile | null = null;
	let isMixed = false;
	for (const row of rows) {
		const said = profileOf(row);
		if (said === null) continue;
		if (profile === null) profile = said;
		else if (!isSame(profile, said)) isMixed = true;
	}
	if (profile === null) return UNKNOWN_PROFILE;
	return isMixed ? merged(rows) : profile;
}

function merged(rows: readonly Row[]): Profile {
	const said = rows
		.filter((row) => profileOf(row) !== null)
		.sort((a, b) => compare(a.occurredAt, b.occurredAt) || compare(a.key, b.key));
	return said.reduce<Profile>((profile, row) => {
		const next = profileOf(row) ?? UNKNOWN_PROFILE;
		return {
			email: next.email ?? profile.email,
			phone: next.phone ?? profile.phone,
			firstName: next.firstName ?? profile.firstName,
			lastName: next.lastName ?? profile.lastName,
			locale: next.locale ?? profile.locale,
			consent: next.consent === 'unknown' ? profile.consent : next.consent,
			customerId: next.customerId ?? profile.customerId,
		};
	}, UNKNOWN_PROFILE);
}

function profileOf(row: Row): Profile | null {
	return row.kind === 'join' || row.kind === 'earn' ? row.facts.profile : null;
}

function isSame(a: Profile, b: Profile): boolean {
	return (
		a.email === b.email &&
		a.phone === b.phone &&
		a.firstName === b.firstName &&
		a.lastName === b.lastName &&
		a.locale === b.locale &&
		a.consent === b.consent &&
		a.customerId === b.customerId
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
