export {
	findRules,
	LARGEST_BASKET,
	type Basket,
	type ProductRule,
	type RuleReport,
	type RuleSettings,
} from './rules';
export { Recommender, type Recommendation } from './recommend';
