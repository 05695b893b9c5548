import type { IDataObject } from 'n8n-workflow';

import type { MemberView } from '../../../../engine/member';
import { withLedger, type DataTableLedger } from '../../../shared/ledger';
import { simplifyField } from '../../fields';
import { memberItem } from '../../memberItem';
import type { Operation } from '../operation';

/** Members from the members view. */
export const getManyMembers: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many members',
	description:
		'List many members as the members table has them: true up to their last order, award or redemption',
	properties: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { returnAll: [false] } },
			default: 50,
			description: 'Max number of results to return',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Minimum Spendable Points',
					name: 'minimumPoints',
					type: 'number',
					default: 0,
					description: 'Only members who can spend at least so many points',
				},
				{
					displayName: 'Tier',
					name: 'tier',
					type: 'string',
					placeholder: 'e.g. Gold',
					default: '',
					description: 'Only members of this tier, by its name or ID',
				},
			],
		},
		simplifyField,
	],
	async execute(context) {
		const isShort = context.getNodeParameter('simplify', 0, true) as boolean;
		const returnAll = context.getNodeParameter('returnAll', 0, false) as boolean;
		const limit = returnAll ? Infinity : (context.getNodeParameter('limit', 0, 50) as number);
		const filters = context.getNodeParameter('filters', 0, {}) as IDataObject;
		const views = await withLedger(
			context,
			async (ledger) => await matching(ledger, filters, limit),
		);
		const pairedItem = context.getInputData().map((_, item) => ({ item }));
		return {
			applied: views.map((view) => ({ json: memberItem(view, isShort), pairedItem })),
			skipped: [],
		};
	},
};

async function matching(
	ledger: DataTableLedger,
	filters: IDataObject,
	limit: number,
): Promise<MemberView[]> {
	const tier = String(filters.tier ?? '')
		.trim()
		.toLowerCase();
	const minimum = Number(filters.minimumPoints ?? 0);
	const seen = new Set<string>();
	const views: MemberView[] = [];
	for await (const page of ledger.allMembers()) {
		for (const { memberId, view } of page) {
			// Where two first events made two rows, the first one counts.
			if (view === null || seen.has(memberId)) continue;
			seen.add(memberId);
			const isTier =
				tier === '' || [view.tier, view.tierId].some((name) => name.toLowerCase() === tier);
			if (!isTier || view.spendablePoints < minimum) continue;
			views.push(view);
			if (views.length >= limit) return views;
		}
	}
	return views;
}
