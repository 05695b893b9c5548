export { viewAsOf, type EarlierView } from './history-until';
export { customerKey } from './order-reader';
export { summariseOrders } from './summarise-orders';
export { type SummaryOptions } from './summary-frame';
export { civilDayOf, civilDayText } from './civil-day';
export {
	readSummaries,
	summariesFromColumns,
	type CustomerRow,
	type RejectedRow,
	type SummaryColumns,
} from './read-summaries';
