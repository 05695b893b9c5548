import type { Platform } from '../../engine/event';

/** Where each platform says which shop is calling. */
const SHOP_HEADERS: Readonly<Record<Platform, readonly string[]>> = {
	shopify: ['x-shopify-shop-domain', 'shopify-shop-domain'],
	woocommerce: ['x-wc-webhook-source'],
};

/** The shop's address as the request states it, lower case, without protocol; null if it does not. */
export function shopOf(
	platform: Platform,
	headers: Readonly<Record<string, unknown>>,
): string | null {
	for (const name of SHOP_HEADERS[platform]) {
		const value = headers[name];
		if (typeof value === 'string' && value.trim() !== '') return plainAddress(value);
	}
	return null;
}

/**
 * Whether the calling shop is the one the owner named. An address without a path stands for every shop on that domain.
 * The header is not signed; the check is there for apps whose secret signs for several shops.
 */
export function isShop(calling: string, named: string): boolean {
	const wanted = plainAddress(named);
	return calling === wanted || calling.split('/')[0] === wanted;
}

function plainAddress(text: string): string {
	return text
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/[/?#]+$/, '');
}
