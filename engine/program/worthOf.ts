import { multiplyRatio, ratio, roundRatio } from '../money';
import type { PreparedProgram } from './preparedProgram';

/** What points are worth when they are redeemed, minor units of the programme's currency, rounded down. */
export function worthOf(points: number, program: PreparedProgram): number {
	return roundRatio(
		multiplyRatio(ratio(points), ratio(program.redemptionWorth, program.program.redemption.points)),
		'floor',
	);
}
