import { resolveWebhookDescriptionField } from 'n8n-workflow';

import { StoreEventTrigger } from '../../../nodes/StoreEventTrigger/StoreEventTrigger.node';

const [webhook] = new StoreEventTrigger().description.webhooks ?? [];
const resolved = (responseMode: string) =>
	resolveWebhookDescriptionField({ parameters: { responseMode } }, webhook, 'responseMode');

describe('when the shop is answered', () => {
	it('is known to the host without its expression engine', () => {
		expect(resolved('responseNode')).toEqual({ resolved: true, value: 'responseNode' });
	});

	it('is evaluated where the owner gave an expression', () => {
		expect(resolved('={{ "lastNode" }}')).toEqual({ resolved: false });
	});

	it('is an expression for a host that knows no other way', () => {
		expect(webhook.responseMode).toBe('={{$parameter["responseMode"]}}');
	});
});
