export type { Contact } from './contact';
export { readCustomers, type CustomerInput, type CustomerInputSettings } from './read-customers';
export { readOrders, type OrderInput, type OrderInputSettings, type RowFault } from './read-orders';
export { fieldAt, isRow, textOf } from './record';
export type { DateOrder } from './table-date';
export type { CustomerField, Fields, OrderField } from './table-fields';
