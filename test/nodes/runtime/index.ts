export { Runtime } from './runtime';
export type { RunOptions, RunResult, RuntimeOptions, SubExecution, WorkflowJson } from './runtime';
export { Tables } from './tables';
export type { TableOperation, TablesOptions } from './tables';
export { runWebhook } from './webhook';
export type { Answer, Delivery, WebhookResult } from './webhook';
export type { Stub } from './nodeTypes';
