import type { INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { lookUpMembers } from '../../../../engine/process';
import { withLedger } from '../../../shared/ledger';
import { memberField, simplifyField } from '../../fields';
import { memberItem } from '../../memberItem';
import { memberParameter } from '../../memberParameter';
import type { Operation } from '../operation';

/** Where a member stands this very moment, by the ledger itself. */
export const getMember: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get member',
	description: 'Look up balance, tier, progress and what expires next, exact to the second',
	properties: [memberField, simplifyField],
	async execute(context) {
		const asked = context.getInputData().map((_, item) => memberParameter(context, item));
		const members = asked.flatMap((member) => (member.ok ? [member.value] : []));
		const found =
			members.length === 0
				? []
				: await withLedger(context, async (ledger) => {
						const views = await lookUpMembers(members, ledger, new Date().toISOString());
						if (!views.ok)
							throw new NodeOperationError(context.getNode(), views.reason.message, {
								itemIndex: 0,
							});
						return views.value;
					});
		const applied: INodeExecutionData[] = [];
		const skipped: INodeExecutionData[] = [];
		let next = 0;
		asked.forEach((member, item) => {
			const pairedItem = { item };
			const isShort = context.getNodeParameter('simplify', item, true) as boolean;
			if (!member.ok) {
				skipped.push({
					json: { reason: member.reason.message, reasonCode: member.reason.code },
					pairedItem,
				});
				return;
			}
			const view = found[next++];
			if (view) applied.push({ json: memberItem(view, isShort), pairedItem });
			else
				skipped.push({
					json: {
						email: member.value,
						reason: `${member.value} is not a member: no order, award or enrolment is known.`,
						reasonCode: 'notAMember',
					},
					pairedItem,
				});
		});
		return { applied, skipped };
	},
};
