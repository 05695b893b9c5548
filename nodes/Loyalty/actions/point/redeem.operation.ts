import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../../../engine/process';
import { success, type Reason } from '../../../../engine/result';
import { memberField, pointsField, requestIdField, simplifyField } from '../../fields';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { runPointRequests } from '../../pointRequests';
import { redemptionCode } from '../../redemptionCode';
import { wholeNumberParameter } from '../../requestParameters';
import type { Operation } from '../operation';

/** Spends points. Two redemptions at once never spend the same point. */
export const redeemPoints: Operation = {
	value: 'redeem',
	name: 'Redeem',
	action: 'Redeem points',
	description:
		'Take points for a discount and get its code. Takes what the programme allows, at most what was asked.',
	properties: [
		memberField,
		pointsField,
		requestIdField,
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Basket Value',
					name: 'basket',
					type: 'string',
					placeholder: 'e.g. 59.90',
					default: '',
					description:
						"What is in the basket, in the programme's currency. The discount is at most the share of it that the programme allows. Empty means no such limit.",
				},
			],
		},
	],
	async execute(context) {
		return await runPointRequests(
			context,
			(named, item) => {
				const points = wholeNumberParameter(context, 'points', 'Points', item);
				if (!points.ok) return points;
				const { basket } = context.getNodeParameter('options', item, {}) as IDataObject;
				return success({
					kind: 'redeem',
					...named,
					points: points.value,
					basket: String(basket ?? '').trim() || null,
					code: redemptionCode(),
				});
			},
			{ applied: redeemedItem, skipped: notRedeemedItem },
		);
	},
};

function redeemedItem(outcome: Outcome, isShort: boolean): IDataObject {
	return { ...appliedItem(outcome, isShort), redeemed: true, ...redemption(outcome) };
}

/** A repeated request carries the first answer, so that the caller can give the same one again. */
function notRedeemedItem(reason: Reason, outcome: Outcome | null, isShort: boolean): IDataObject {
	return {
		...skippedItem(reason, outcome, isShort),
		redeemed: reason.code === 'alreadyRedeemed',
		...(outcome === null ? {} : redemption(outcome)),
	};
}

function redemption({ redemption: redeemed }: Outcome): IDataObject {
	return {
		askedPoints: redeemed?.asked ?? 0,
		redeemedPoints: redeemed?.points ?? 0,
		discount: redeemed?.worth ?? '',
		discountCurrency: redeemed?.currency ?? '',
		discountCode: redeemed?.code ?? '',
	};
}
