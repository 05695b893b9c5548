import type { Program, PublishedProgram } from './program';

/**
 * The version that publishing `draft` makes, or the latest one again when nothing changed: publishing twice is harmless.
 *
 * Turning expiry on, or making it stricter, starts `expiry.since` at `now`, so that no point lapses before one full period
 * from that day (rule 19); loosening it, or leaving it, keeps the date.
 */
export function nextVersion(
	latest: PublishedProgram | undefined,
	draft: Program,
	now: string,
): { readonly published: PublishedProgram; readonly isNew: boolean } {
	const since = expirySince(latest, draft, now);
	const program: Program = { ...draft, expiry: { ...draft.expiry, since } };
	if (latest !== undefined && JSON.stringify(latest.program) === JSON.stringify(program))
		return { published: latest, isNew: false };
	return {
		published: { version: (latest?.version ?? 0) + 1, publishedAt: now, program },
		isNew: true,
	};
}

function expirySince(
	latest: PublishedProgram | undefined,
	draft: Program,
	now: string,
): string | null {
	if (draft.expiry.mode === 'never') return null;
	const before = latest?.program.expiry;
	if (before === undefined || before.mode === 'never') return now;
	const isSameKind = before.mode === draft.expiry.mode;
	const isStricter =
		!isSameKind ||
		(draft.expiry.mode === 'calendarDay'
			? before.day !== draft.expiry.day
			: draft.expiry.months < before.months);
	return isStricter ? now : before.since;
}
