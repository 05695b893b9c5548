import type { IDataObject } from 'n8n-workflow';

import type { MemberView } from '../../engine/member';

/** A member in fields that fit a CRM. */
export function memberItem(view: MemberView, isShort: boolean): IDataObject {
	if (!isShort) return { ...view };
	return {
		email: view.email,
		firstName: view.firstName,
		spendablePoints: view.spendablePoints,
		pendingPoints: view.pendingPoints,
		pointsWorth: view.pointsWorth,
		tier: view.tier,
		nextTier: view.nextTier,
		missingToNextTier: view.missingToNextTier,
		expiringPoints: view.expiringPoints,
		expiringAt: view.expiringAt,
	};
}
