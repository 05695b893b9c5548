import type { PreparedProgram } from './preparedProgram';

/** All published versions that are known, for looking up by which rules an entry was decided. */
export class ProgramHistory {
	private readonly byVersion: ReadonlyMap<number, PreparedProgram>;
	readonly latest: PreparedProgram;
	/** Whether the ladder of any version counts points. */
	readonly countsPoints: boolean;

	/** Versions in any order; at least one. */
	constructor(versions: readonly [PreparedProgram, ...PreparedProgram[]]) {
		this.countsPoints = versions.some(({ program }) => program.tiers.metric === 'points');
		this.byVersion = new Map(versions.map((version) => [version.version, version]));
		this.latest = versions.reduce((newest, version) =>
			version.version > newest.version ? version : newest,
		);
	}

	/** The version that decided an entry; the latest one where it is no longer known. */
	at(version: number): PreparedProgram {
		return version === this.latest.version
			? this.latest
			: (this.byVersion.get(version) ?? this.latest);
	}
}
