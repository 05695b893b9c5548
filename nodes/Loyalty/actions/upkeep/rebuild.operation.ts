import { NodeOperationError } from 'n8n-workflow';

import type { Row } from '../../../../engine/ledger';
import type { MemberView } from '../../../../engine/member';
import { rebuildViews } from '../../../../engine/process';
import { withLedger } from '../../../shared/ledger';
import type { Operation } from '../operation';

const BATCH = 500;

/** Works the members table out anew: it is only a view, the ledger is the truth. */
export const rebuildMembers: Operation = {
	value: 'rebuild',
	name: 'Rebuild',
	action: 'Rebuild members table',
	description:
		'Work the members table out anew from the whole ledger and remove repeated rows. Safe at any time.',
	properties: [],
	async execute(context) {
		const json = await withLedger(context, async (ledger) => {
			const rows: Row[] = [];
			for await (const page of ledger.readAll()) rows.push(...page);
			const rebuilt = rebuildViews(rows, await ledger.programs(), new Date().toISOString());
			if (!rebuilt.ok)
				throw new NodeOperationError(context.getNode(), rebuilt.reason.message, { itemIndex: 0 });
			const before = new Map<string, MemberView | null>();
			const repeated: number[] = [];
			for await (const page of ledger.allMembers())
				for (const { id, memberId, view } of page) {
					if (before.has(memberId)) repeated.push(id);
					else before.set(memberId, view);
				}
			await ledger.removeMemberRows(repeated);
			const { views } = rebuilt.value;
			for (let start = 0; start < views.length; start += BATCH)
				await ledger.rebuildMembers(views.slice(start, start + BATCH));
			return {
				members: views.length,
				ledgerRows: rows.length,
				corrected: views.filter((view) => !isSame(view, before.get(view.memberId))).length,
				repeatedRowsRemoved: repeated.length,
			};
		});
		return {
			applied: [{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }],
			skipped: [],
		};
	},
};

function isSame(view: MemberView, before: MemberView | null | undefined): boolean {
	return JSON.stringify(view) === JSON.stringify(before);
}
