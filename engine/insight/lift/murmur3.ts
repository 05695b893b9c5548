/**
 * MurmurHash3, x86 32-bit variant (Austin Appleby, public domain).
 *
 * Chosen because it is small, well tested elsewhere, and the same on every machine and version of the
 * host, so that a customer stays in the same group for years. It is no cryptographic hash.
 *
 * @param bytes the text as UTF-8 bytes
 * @param seed 32-bit unsigned number
 * @returns 32-bit unsigned number
 */
export function murmur3(bytes: Uint8Array, seed: number): number {
	let hash = seed | 0;
	const blocksEnd = bytes.length - (bytes.length % 4);
	for (let at = 0; at < blocksEnd; at += 4) {
		hash ^= scramble(
			bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24),
		);
		hash = (hash << 13) | (hash >>> 19);
		hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
	}
	let tail = 0;
	for (let at = bytes.length - 1; at >= blocksEnd; at--) tail = (tail << 8) | bytes[at];
	hash ^= scramble(tail);
	return finalMix(hash ^ bytes.length);
}

function scramble(block: number): number {
	const spread = Math.imul(block, 0xcc9e2d51);
	return Math.imul((spread << 15) | (spread >>> 17), 0x1b873593);
}

function finalMix(value: number): number {
	let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
