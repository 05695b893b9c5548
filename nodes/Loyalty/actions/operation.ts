import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** What an operation gives out: what took effect, and what did not with its reason. */
export interface Outputs {
	readonly applied: INodeExecutionData[];
	readonly skipped: INodeExecutionData[];
}

/** One operation of the node: its form, and what it does with all input items at once. */
export interface Operation {
	/** The value of the Operation dropdown. */
	readonly value: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
	execute(context: IExecuteFunctions): Promise<Outputs>;
}

/** A resource with its operations, in the order of the dropdown. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	readonly operations: readonly [Operation, ...Operation[]];
}
