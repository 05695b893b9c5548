import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { checkProgram, nextVersion } from '../../../../engine/program';
import { withLedger } from '../../../shared/ledger';
import type { Operation } from '../operation';
import { draftFromForm } from './draftFromForm';
import { latestVersion, programItem } from './get.operation';
import { programForm } from './programForm';

/** Puts the rules in force. Earlier versions stay as they are; what was decided by them stands. */
export const publishProgram: Operation = {
	value: 'publish',
	name: 'Publish',
	action: 'Publish program',
	description:
		'Put the rules of the programme in force, as a new version. Publishing the same rules again changes nothing.',
	properties: programForm,
	async execute(context) {
		const outputs = { applied: [], skipped: [] } as Awaited<ReturnType<Operation['execute']>>;
		for (let item = 0; item < context.getInputData().length; item += 1) {
			const json = await publish(context, item);
			outputs[json.published === true ? 'applied' : 'skipped'].push({ json, pairedItem: { item } });
		}
		return outputs;
	},
};

async function publish(context: IExecuteFunctions, item: number): Promise<IDataObject> {
	const draft = draftFromForm(context, item);
	if (!draft.ok)
		return { published: false, reason: draft.reason.message, reasonCode: draft.reason.code };
	const checked = checkProgram(draft.value);
	if (!checked.ok)
		return {
			published: false,
			reason: checked.reason.message,
			reasonCode: checked.reason.code,
			...('faults' in checked ? { faults: checked.faults as unknown as IDataObject[] } : {}),
		};
	return await withLedger(context, async (ledger) => {
		const now = new Date().toISOString();
		const writer = randomUUID();
		const stored = await ledger.storedPrograms();
		const { published, isNew } = nextVersion(latestVersion(stored), checked.value, now);
		if (isNew && !(await ledger.addProgram(published, writer)))
			return {
				published: false,
				reason:
					'Somebody else published the programme at the same moment. Look at their version, then publish again.',
				reasonCode: 'publishedMeanwhile',
			};
		return {
			...programItem(published, true),
			published: true,
			isNew,
			program: published.program as unknown as IDataObject,
		};
	});
}
