import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Result } from '../../../engine/result';
import type { OperationOutput } from '../output';

/** Reads parameters and input, asks the engine, and gives items, or the reason why there are none. */
export type Operation = (context: IExecuteFunctions) => Promise<Result<OperationOutput>>;

/** The properties, shown for some operations of a resource only. */
export function shownFor(
	resource: string,
	operations: string[],
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: operations, ...property.displayOptions?.show },
		},
	}));
}
