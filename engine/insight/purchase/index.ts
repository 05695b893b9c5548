export { viewAsOf, type EarlierView } from './history-until';
export { customerKey, summariseOrders, type SummaryOptions } from './summarise-orders';
export { civilDayOf, civilDayText } from './civil-day';
export {
	readSummaries,
	summariesFromColumns,
	type CustomerRow,
	type RejectedRow,
	type SummaryColumns,
} from './read-summaries';
