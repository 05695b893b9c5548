export { fraction, fractionText } from './fraction';
export { allocate } from './allocate';
export { formatMinor, parseMinor } from './amount';
export { currencies, currencyExponent } from './currency';
export type { Ratio } from './ratio';
export {
	addRatio,
	compareRatio,
	divideRatio,
	multiplyByWhole,
	multiplyRatio,
	ONE,
	parseRatio,
	ratio,
	signOf,
	subtractRatio,
	ZERO,
} from './ratio';
export type { RoundingMode } from './rounding';
export { isRoundable, roundRatio } from './rounding';
