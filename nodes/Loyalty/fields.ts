import type { INodeProperties } from 'n8n-workflow';

/** Fields that several operations share, so that what was typed survives switching between them. */
export const memberField: INodeProperties = {
	displayName: 'Member Email',
	name: 'member',
	type: 'string',
	placeholder: 'e.g. anna@example.com',
	required: true,
	default: '',
	description:
		'The e-mail address of the member, or their member ID where the programme tells members apart by shop account',
};

export const pointsField: INodeProperties = {
	displayName: 'Points',
	name: 'points',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	required: true,
	default: 100,
};

export const requestIdField: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	placeholder: 'e.g. review-4711',
	required: true,
	default: '',
	description:
		'What makes this one thing: the ID of the review, the ticket or the redemption. The same ID sent again counts once.',
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
