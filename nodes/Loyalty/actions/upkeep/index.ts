import type { Resource } from '../operation';
import { rebuildMembers } from './rebuild.operation';

export const upkeepResource: Resource = {
	value: 'upkeep',
	name: 'Upkeep',
	operations: [rebuildMembers],
};
