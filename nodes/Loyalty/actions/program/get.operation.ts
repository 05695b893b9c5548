import type { IDataObject } from 'n8n-workflow';

import type { PublishedProgram } from '../../../../engine/program';
import { withLedger } from '../../../shared/ledger';
import { simplifyField } from '../../fields';
import type { Operation } from '../operation';

/** The rules in force. */
export const getProgram: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get program',
	description: 'Look up the published rules, the latest version or an earlier one',
	properties: [
		{
			displayName: 'Version',
			name: 'version',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Which version to look up; 0 is the latest',
		},
		simplifyField,
	],
	async execute(context) {
		const versions = await withLedger(context, async (ledger) => await ledger.programs());
		const outputs = { applied: [], skipped: [] } as Awaited<ReturnType<Operation['execute']>>;
		context.getInputData().forEach((_, item) => {
			const wanted = Number(context.getNodeParameter('version', item, 0));
			const isShort = context.getNodeParameter('simplify', item, true) as boolean;
			const found =
				wanted === 0 ? latestVersion(versions) : versions.find((one) => one.version === wanted);
			if (found !== undefined)
				outputs.applied.push({ json: programItem(found, isShort), pairedItem: { item } });
			else
				outputs.skipped.push({
					json: {
						reason:
							versions.length === 0
								? 'No programme is published yet.'
								: `There is no version ${wanted} of the programme.`,
						reasonCode: 'noProgram',
					},
					pairedItem: { item },
				});
		});
		return outputs;
	},
};

/** The newest of some versions, which may come in any order. */
export function latestVersion(versions: readonly PublishedProgram[]): PublishedProgram | undefined {
	return [...versions].sort((a, b) => b.version - a.version)[0];
}

/** A programme in a few fields, or whole. */
export function programItem(
	{ version, publishedAt, program }: PublishedProgram,
	isShort: boolean,
): IDataObject {
	const short = {
		version,
		publishedAt,
		name: program.name,
		currency: program.currency,
		timeZone: program.timeZone,
		pointsName: program.unit.plural,
		earningRules: program.earning.rules.map((rule) => rule.name).join(', '),
		tiers: program.tiers.levels.map((level) => level.name).join(', '),
		redemption: `${program.redemption.points} ${program.unit.plural} are worth ${program.redemption.worth} ${program.currency}`,
	};
	return isShort ? short : { ...short, program: program as unknown as IDataObject };
}
