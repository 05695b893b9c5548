import type { IWebhookFunctions } from 'n8n-workflow';
import { listSecrets } from './signature';

const CREDENTIAL = 'storeWebhookApi';

/** How long secrets that were read are kept in this process, in milliseconds: so late at most does a removed one stop working. */
const KEPT_FOR = 10_000;

interface Kept {
	readonly secrets: readonly string[];
	readonly readAt: number;
}

/** Secrets read lately, by workflow and credential. */
const lately = new Map<string, Kept>();

/**
 * Whether one of the signing secrets of the trigger's credential fits.
 *
 * For each reading of a credential n8n sets up a sandbox for expressions, which takes longer than all else that a delivery
 * needs. So what was read is kept for a few seconds, and only ever says yes: nothing is refused before the credential has
 * been read afresh. A new secret works at once, a removed one at most ten seconds longer. Deliveries to the test URL read
 * it every time.
 */
export async function fitsSigningSecrets(
	context: IWebhookFunctions,
	fits: (secrets: readonly string[]) => boolean,
): Promise<boolean> {
	const key = keyOf(context);
	const now = Date.now();
	for (const [other, { readAt }] of lately)
		if (now < readAt || now - readAt >= KEPT_FOR) lately.delete(other);
	const kept = key === null ? undefined : lately.get(key);
	if (kept !== undefined && fits(kept.secrets)) return true;
	const { signingSecrets } = await context.getCredentials(CREDENTIAL);
	const secrets = listSecrets(signingSecrets);
	if (key !== null) lately.set(key, { secrets, readAt: now });
	return fits(secrets);
}

/** Null where nothing is kept: for a try-out, and for a credential that has no id. */
function keyOf(context: IWebhookFunctions): string | null {
	const workflow = context.getWorkflow().id;
	const credential = context.getNode().credentials?.[CREDENTIAL]?.id;
	if (context.getMode() !== 'webhook' || !workflow || !credential) return null;
	return `${workflow}|${credential}`;
}
