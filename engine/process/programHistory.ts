import {
	prepareProgram,
	ProgramHistory,
	type PreparedProgram,
	type PublishedProgram,
} from '../program';

const prepared = new WeakMap<PublishedProgram, PreparedProgram>();

/** The published versions made ready for decisions; null when there are none. A version is prepared once as long as it lives. */
export function programHistory(published: readonly PublishedProgram[]): ProgramHistory | null {
	const versions = published.map((one) => {
		let ready = prepared.get(one);
		if (ready === undefined) {
			ready = prepareProgram(one);
			prepared.set(one, ready);
		}
		return ready;
	});
	const [first, ...others] = versions;
	return first === undefined ? null : new ProgramHistory([first, ...others]);
}
