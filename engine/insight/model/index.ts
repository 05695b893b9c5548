export { mergeRows, type MergedRows, type PurchaseColumns } from './merged-rows';
export {
	fitPurchaseModel,
	nobodyLeaves,
	type PurchaseFit,
	type PurchaseFitOptions,
} from './fit-purchase-model';
export { logLikelihoodOf, type PurchaseModelName, type PurchaseParameters } from './likelihood';
export {
	expectedPurchases,
	expectedPurchasesOfNewcomer,
	probabilityActive,
	probabilityActiveWhenAlive,
	probabilityAlive,
	probabilityOfCount,
} from './predictions';
export { expectedSpend, fitGammaGamma, type SpendFit, type SpendParameters } from './gamma-gamma';
export {
	aliveOf,
	expectedOf,
	expectedWhenAlive,
	predictCustomers,
	timesAlive,
	type CustomerPredictions,
} from './score-customers';
