export { scoreChurn, type ChurnOptions, type RiskCutoffs } from './score-churn';
