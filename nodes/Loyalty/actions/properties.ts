import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';
import { resources } from './resources';

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ name, value }) => ({ name, value })),
	default: 'event',
};

/** For the inside of this node alone: the resource is in no list, so nobody ever sees the field. */
const relaySession: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'hidden',
	displayOptions: { show: { resource: ['ledger'] } },
	default: '',
};

/** The whole form: resource, operation, then each operation's own fields, shown only with it. */
export const properties: INodeProperties[] = [
	resourceProperty,
	relaySession,
	...resources.map(operationProperty),
	...resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => shownWith(resource, operation)),
	),
];

function operationProperty({ value, operations }: Resource): INodeProperties {
	const dropdown: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map((one) => ({
			name: one.name,
			value: one.value,
			action: one.action,
			description: one.description,
		})),
		default: '',
	};
	return { ...dropdown, default: operations[0].value };
}

function shownWith(resource: Resource, operation: Operation): INodeProperties[] {
	return operation.properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				...property.displayOptions?.show,
				resource: [resource.value],
				operation: [operation.value],
			},
		},
	}));
}
