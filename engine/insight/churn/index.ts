export { scoreChurn, type ChurnOptions } from './score-churn';
export { type RiskCutoffs } from './risk-level';
export { areaUnderCurve, brierScore } from './accuracy';
export { fitPurchaseModels, leadingFit, type PurchaseFits } from './purchase-fits';
export { fitWarning, purchaseModelCard } from './model-card';
