import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Platform } from '../../engine/event';

/** The header each platform signs in: base64 of HMAC-SHA256 over the body's bytes. */
const SIGNATURE_HEADERS: Readonly<Record<Platform, readonly string[]>> = {
	shopify: ['x-shopify-hmac-sha256', 'shopify-hmac-sha256'],
	woocommerce: ['x-wc-webhook-signature'],
};

/** What the sender claims, null if it signed nothing. */
export function signatureOf(
	platform: Platform,
	headers: Readonly<Record<string, unknown>>,
): string | null {
	for (const name of SIGNATURE_HEADERS[platform]) {
		const value = headers[name];
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
	}
	return null;
}

/** Secrets as an owner types them in: one a line, so that the old one stays valid while a new one is rolled out. */
export function listSecrets(text: unknown): string[] {
	if (typeof text !== 'string') return [];
	return text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/**
 * Whether the body was signed with one of the secrets. Compared in constant time over the raw bytes, because writing parsed
 * JSON out again gives other bytes; every secret is tried, so the time does not tell which one fits. Without a
 * signature or without a secret the answer is no.
 *
 * Neither platform signs a time (`X-Shopify-Triggered-At` stands outside the signature), so an old delivery cannot be
 * told from a new one here. It does no harm: what it reports is already in the ledger under the same key.
 */
export function isSigned(
	platform: Platform,
	body: Buffer,
	signature: string | null,
	secrets: readonly string[],
): boolean {
	const claimed = Buffer.from(signature ?? '', 'utf8');
	let signed = false;
	for (const secret of secrets) {
		const key = platform === 'woocommerce' ? decodeSecret(secret) : secret;
		const expected = Buffer.from(createHmac('sha256', key).update(body).digest('base64'), 'utf8');
		const fits = claimed.length === expected.length && timingSafeEqual(claimed, expected);
		signed = fits || signed;
	}
	return signed;
}

const SPECIAL: ReadonlyArray<readonly [RegExp, string]> = [
	[/&quot;|&#0*34;|&#x0*22;/gi, '"'],
	[/&#0*39;|&#x0*27;|&apos;/gi, "'"],
	[/&lt;|&#0*60;|&#x0*3c;/gi, '<'],
	[/&gt;|&#0*62;|&#x0*3e;/gi, '>'],
	[/&amp;|&#0*38;|&#x0*26;/gi, '&'],
];

/**
 * WordPress stores a secret with its special characters encoded and decodes them before signing. Whichever form the
 * owner copied, this is the key. The ampersand comes last: "&amp;lt;" is "&lt;", not "<".
 */
function decodeSecret(secret: string): string {
	return SPECIAL.reduce((text, [entity, character]) => text.replace(entity, character), secret);
}
