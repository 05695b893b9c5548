import { fromParameter, webhookDescriptionFields, type WebhookResponseMode } from 'n8n-workflow';

const PARAMETER = 'responseMode';

/**
 * The answer is sent when the parameter says. An n8n that can read a parameter without its expression engine does so, which
 * saves the engine's first evaluation with every delivery; an older one gets the expression.
 */
export const responseMode: { readonly responseMode: WebhookResponseMode | string } =
	typeof webhookDescriptionFields === 'function'
		? webhookDescriptionFields({ responseMode: fromParameter(PARAMETER) })
		: { responseMode: `={{$parameter["${PARAMETER}"]}}` };
