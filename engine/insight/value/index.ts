export { estimateValue, type ValueOptions } from './estimate-value';
