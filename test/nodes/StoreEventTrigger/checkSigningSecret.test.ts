import type { ICredentialTestFunctions, ICredentialsDecrypted } from 'n8n-workflow';
import { StoreWebhookApi } from '../../../credentials/StoreWebhookApi.credentials';
import { StoreEventTrigger } from '../../../nodes/StoreEventTrigger/StoreEventTrigger.node';

async function check(signingSecrets: unknown) {
	const { checkSigningSecret } = new StoreEventTrigger().methods.credentialTest;
	return await checkSigningSecret.call(
		{} as ICredentialTestFunctions,
		{ data: { signingSecrets } } as unknown as ICredentialsDecrypted,
	);
}

describe('the test of the credential', () => {
	it.each(['4a1b2c3d4e5f4a1b2c3d4e5f', 'shpss_abc', 'any words & signs', 'new\nold', 'cs_0123'])(
		'takes %j',
		async (secrets) => {
			expect(await check(secrets)).toMatchObject({ status: 'OK' });
		},
	);

	it.each([
		['', 'at least one'],
		[undefined, 'at least one'],
		['shpat_0123456789', 'access token'],
		[`good\nck_${'0123456789'.repeat(4)}`, 'consumer key'],
		['https://shop.example', 'address'],
		['"quoted"', 'quotation marks'],
	])('says what is wrong with %j', async (secrets, words) => {
		expect(await check(secrets)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(words) as unknown,
		});
	});

	it('is the one the trigger names for its credential, whose secret is never shown', () => {
		const { description, methods } = new StoreEventTrigger();
		const [credential] = description.credentials ?? [];
		expect(credential.name).toBe(new StoreWebhookApi().name);
		expect(Object.keys(methods.credentialTest)).toContain(credential.testedBy);
		const field = new StoreWebhookApi().properties.find(({ name }) => name === 'signingSecrets');
		expect(field?.typeOptions?.password).toBe(true);
	});
});
