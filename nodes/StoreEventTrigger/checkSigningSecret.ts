import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { listSecrets } from './signature';

/**
 * A signing secret opens nothing that could be called, so the test looks for the mistakes people make with it: an
 * empty field, and the keys that stand on neighbouring pages of the shop's settings.
 */
export async function checkSigningSecret(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const message = mistakeIn(listSecrets(credential.data?.signingSecrets));
	return message === null
		? {
				status: 'OK',
				message:
					'The format is right. Whether it is the right secret shows with the first delivery',
			}
		: { status: 'Error', message };
}

const WRONG_KINDS: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^shp(at|ca|pa|ua)_/,
		'This is a Shopify access token. Use the secret that webhooks are signed with: the client secret of the app, or the one under Settings → Notifications → Webhooks',
	],
	[
		/^ck_[0-9a-f]{40}$/,
		'This is a WooCommerce consumer key. Use the secret of the webhook under WooCommerce → Settings → Advanced → Webhooks',
	],
	[/^https?:\/\//i, 'This is an address. Use the secret that the shop signs its webhooks with'],
	[/^(["']).*\1$/, 'Leave the quotation marks around the secret out'],
];

function mistakeIn(secrets: readonly string[]): string | null {
	if (secrets.length === 0) return 'Fill in at least one signing secret';
	for (const secret of secrets) {
		const mistake = WRONG_KINDS.find(([pattern]) => pattern.test(secret));
		if (mistake) return mistake[1];
	}
	return null;
}
