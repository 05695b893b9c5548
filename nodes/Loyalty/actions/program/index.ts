import type { Resource } from '../operation';
import { getProgram } from './get.operation';
import { publishProgram } from './publish.operation';

export const programResource: Resource = {
	value: 'program',
	name: 'Program',
	operations: [getProgram, publishProgram],
};
