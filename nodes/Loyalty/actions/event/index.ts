import type { Resource } from '../operation';
import { processEvent } from './process.operation';

export const eventResource: Resource = {
	value: 'event',
	name: 'Event',
	operations: [processEvent],
};
