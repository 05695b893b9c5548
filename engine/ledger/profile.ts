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
export class Profiles {
	private first: Profile | null = null;
	private isMixed = false;

	/** Most members are called the same on every order, and then nothing has to be sorted. */
	hear(said: Profile | null): void {
		if (said === null) return;
		if (this.first === null) this.first = said;
		else if (!this.isMixed && !isSame(this.first, said)) this.isMixed = true;
	}

	/** `rows` are all that were heard. */
	latest(rows: readonly Row[]): Profile {
		return this.isMixed ? merged(rows) : (this.first ?? UNKNOWN_PROFILE);
	}
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
