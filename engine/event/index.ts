export type { StoreDelivery } from './readers';
export { readers, readStoreEvent, recogniseOrder } from './readers';
export type * from './storeEvent';
export { parseStoreEvent } from './storeEventSchema';
export type { ReadOptions, Reading, StoreReader } from './storeReader';
export { plainStatus } from './woocommerce';
