import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Outcome } from '../../../../engine/process';
import type { Reason } from '../../../../engine/result';
import { memberField, pointsField, requestIdField, simplifyField } from '../../fields';
import { memberParameter } from '../../memberParameter';
import { appliedItem, skippedItem } from '../../outcomeItem';
import { redemptionCode } from '../../redemptionCode';
import { runRequests, type Asked } from '../../requests';
import { requestIdParameter, wholeNumberParameter } from '../../requestParameters';
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
		const isShort = context.getNodeParameter('simplify', 0, true) as boolean;
		return await runRequests(
			context,
			(item) => asked(context, item),
			(outcome) => redeemedItem(outcome, isShort),
			(reason, outcome) => notRedeemedItem(reason, outcome, isShort),
		);
	},
};

function asked(context: IExecuteFunctions, item: number): Asked {
	const member = memberParameter(context, item);
	if (!member.ok) return { refused: member.reason };
	const requestId = requestIdParameter(context, item);
	if (!requestId.ok) return { refused: requestId.reason };
	const points = wholeNumberParameter(context, 'points', 'Points', item);
	if (!points.ok) return { refused: points.reason };
	const options = context.getNodeParameter('options', item, {}) as IDataObject;
	const basket = String(options.basket ?? '').trim();
	return {
		requests: [
			{
				kind: 'redeem',
				member: member.value,
				points: points.value,
				basket: basket === '' ? null : basket,
				requestId: requestId.value,
				code: redemptionCode(),
			},
		],
	};
}

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
