import fc from 'fast-check';
import { isSigned, listSecrets, signatureOf } from '../../../nodes/StoreEventTrigger/signature';
import { describeWithVectors } from '../../support/hmac-vectors.cjs';
import { sign } from './signing';

const body = Buffer.from('{"id": 820982911946154508, "note":"Grüße"}', 'utf8');

describe('the signature of a delivery', () => {
	it.each(['shopify', 'woocommerce'] as const)(
		'of %s fits the bytes it was made for',
		(platform) => {
			expect(isSigned(platform, body, sign(body, 'right'), ['right'])).toBe(true);
			expect(isSigned(platform, body, sign(body, 'wrong'), ['right'])).toBe(false);
			const written = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
			expect(isSigned(platform, written, sign(body, 'right'), ['right'])).toBe(false);
		},
	);

	it('may be made with any of the secrets on the list, so that one can be replaced', () => {
		const secrets = listSecrets(' new one \r\n\n old\n');
		expect(secrets).toEqual(['new one', 'old']);
		expect(isSigned('shopify', body, sign(body, 'old'), secrets)).toBe(true);
		expect(isSigned('shopify', body, sign(body, 'new one'), secrets)).toBe(true);
		expect(isSigned('shopify', body, sign(body, 'older'), secrets)).toBe(false);
	});

	it('fails closed: without a signature, without a secret, with half of either', () => {
		const right = sign(body, 'right');
		expect(isSigned('shopify', body, null, ['right'])).toBe(false);
		expect(isSigned('shopify', body, '', ['right'])).toBe(false);
		expect(isSigned('shopify', body, right, [])).toBe(false);
		expect(isSigned('shopify', body, right.slice(0, -1), ['right'])).toBe(false);
		expect(isSigned('shopify', body, `${right}=`, ['right'])).toBe(false);
		expect(isSigned('shopify', body, `${right}, ${right}`, ['right'])).toBe(false);
		expect(isSigned('shopify', body, 'ä'.repeat(22), ['right'])).toBe(false);
		expect(listSecrets(undefined)).toEqual([]);
		expect(listSecrets('\n  \n')).toEqual([]);
	});

	it('trap: WooCommerce stores a secret with HTML entities and decodes them before signing', () => {
		const key = `a&b<c>"d'e`;
		for (const stored of [
			key,
			'a&amp;b&lt;c&gt;&quot;d&#039;e',
			'a&#38;b&#x3C;c&#62;&#34;d&#39;e',
		]) {
			expect(isSigned('woocommerce', body, sign(body, key), [stored])).toBe(true);
		}
		expect(isSigned('woocommerce', body, sign(body, '&lt;'), ['&amp;lt;'])).toBe(true);
		expect(isSigned('woocommerce', body, sign(body, '&eacute;'), ['&eacute;'])).toBe(true);
	});

	it('of Shopify is made with the secret as it stands', () => {
		expect(isSigned('shopify', body, sign(body, 'a&amp;b'), ['a&amp;b'])).toBe(true);
		expect(isSigned('shopify', body, sign(body, 'a&b'), ['a&amp;b'])).toBe(false);
	});

	it('is found in the header of its own platform only', () => {
		const headers = { 'x-shopify-hmac-sha256': ' s ', 'x-wc-webhook-signature': 'w' };
		expect(signatureOf('shopify', headers)).toBe('s');
		expect(signatureOf('woocommerce', headers)).toBe('w');
		expect(signatureOf('shopify', { 'shopify-hmac-sha256': 'e' })).toBe('e');
		expect(signatureOf('shopify', { 'x-wc-webhook-signature': 'w' })).toBeNull();
		expect(signatureOf('shopify', { 'x-shopify-hmac-sha256': ['s', 't'] })).toBeNull();
	});

	it('never fits when one byte of the body is another', () => {
		const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
		fc.assert(
			fc.property(
				bytes,
				fc.string({ minLength: 1 }),
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(content, key, at, by) => {
					const signature = sign(Buffer.from(content), key);
					expect(isSigned('shopify', Buffer.from(content), signature, [key])).toBe(true);
					content[at % content.length] ^= by;
					expect(isSigned('shopify', Buffer.from(content), signature, [key])).toBe(false);
				},
			),
		);
	});
});

for (const platform of ['shopify', 'woocommerce'] as const) {
	describeWithVectors(platform, `signatures published for ${platform}`, (vectors) => {
		it('are all told right from wrong', () => {
			for (const { id, secret, body: signed, signature, valid } of vectors) {
				expect([id, isSigned(platform, Buffer.from(signed), signature, [secret])]).toEqual([
					id,
					valid !== false,
				]);
			}
		});
	});
}
