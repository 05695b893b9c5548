/**
 * A text as UTF-8 bytes. Half a surrogate pair becomes U+FFFD, as the Encoding Standard has it.
 *
 * Written out because the engine uses nothing that only some hosts provide, and `TextEncoder` is not
 * part of the language.
 */
export function utf8(text: string): Uint8Array {
	const bytes: number[] = [];
	for (const character of text) {
		const point = character.codePointAt(0) ?? 0;
		const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
		if (code < 0x80) bytes.push(code);
		else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continuation(code));
		else if (code < 0x10000) {
			bytes.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
		} else {
			bytes.push(
				0xf0 | (code >> 18),
				continuation(code >> 12),
				continuation(code >> 6),
				continuation(code),
			);
		}
	}
	return Uint8Array.from(bytes);
}

function continuation(bits: number): number {
	return 0x80 | (bits & 0x3f);
}
