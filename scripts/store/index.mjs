/** A shop as seen from its webhooks: makes orders and refunds up, signs them, delivers them, and delivers them again. */
export { deliver, deliverUntilTaken, inParallel } from './deliver.mjs';
export { cents, decimal } from './money.mjs';
export { shopifyDelivery, shopifyOrder, shopifyRefund, shopifyText } from './shopify.mjs';
export { wooDelivery, wooOrder, wooPing } from './woocommerce.mjs';
