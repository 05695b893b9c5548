import type { Resource } from '../operation';
import { adjustPoints } from './adjust.operation';
import { awardPoints } from './award.operation';
import { cancelRedemption } from './cancelRedemption.operation';
import { redeemPoints } from './redeem.operation';

export const pointResource: Resource = {
	value: 'point',
	name: 'Point',
	operations: [adjustPoints, awardPoints, cancelRedemption, redeemPoints],
};
