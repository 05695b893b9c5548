import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal, success, type Result } from '../../engine/result';

/** The business key that makes a repeated request count once. */
export function requestIdParameter(context: IExecuteFunctions, item: number): Result<string> {
	const text = String(context.getNodeParameter('requestId', item, '') ?? '').trim();
	if (text === '')
		return refusal(
			'requestIdMissing',
			'The Request ID is empty. Without it a repeated request could not be told from a new one.',
		);
	return text.length > 300
		? refusal('requestIdTooLong', 'The Request ID is longer than 300 characters.')
		: success(text);
}

/** A whole number from a field, also when an expression gives it as text. */
export function wholeNumberParameter(
	context: IExecuteFunctions,
	name: string,
	label: string,
	item: number,
): Result<number> {
	const value = context.getNodeParameter(name, item, '') as unknown;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number)
		? success(number)
		: refusal(
				'pointsInvalid',
				`${label} must be a whole number, but is "${String(value).slice(0, 40)}".`,
			);
}

/** A sentence from a field, cut to what a table shows. */
export function textParameter(
	context: IExecuteFunctions,
	name: string,
	item: number,
	longest = 500,
): string {
	return String(context.getNodeParameter(name, item, ''))
		.trim()
		.slice(0, longest);
}
