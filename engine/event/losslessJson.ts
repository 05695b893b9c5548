/**
 * `JSON.parse` that keeps every digit of long integers, as text.
 *
 * Shops use ids beyond 2^53 (820982911946154508); `JSON.parse` rounds them to …500, and two orders become one. Integer
 * literals that a number cannot hold exactly come out as strings; everything else is as from `JSON.parse`.
 * Undefined for a text that is not JSON.
 */
export function parseLossless(raw: string): unknown {
	try {
		return JSON.parse(hasLongIntegers(raw) ? quoteLongIntegers(raw) : raw);
	} catch {
		return undefined;
	}
}

/** Whether the text may hold an integer beyond 2^53: a cheap look, which most bodies do not pass. */
export function hasLongIntegers(raw: string): boolean {
	return /(?:^|[:,[])\s*-?\d{16,}\s*(?:[,\]}]|$)/.test(raw);
}

const QUOTE = 34;
const BACKSLASH = 92;
const MINUS = 45;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function quoteLongIntegers(raw: string): string {
	let quoted = '';
	let copied = 0;
	let at = 0;
	while (at < raw.length) {
		const char = raw.charCodeAt(at);
		if (char === QUOTE) {
			at = endOfString(raw, at);
		} else if (char === MINUS || isDigit(char)) {
			NUMBER.lastIndex = at;
			const literal = NUMBER.exec(raw)?.[0] ?? '-';
			if (/^-?\d{16,}$/.test(literal) && !Number.isSafeInteger(Number(literal))) {
				quoted += `${raw.slice(copied, at)}"${literal}"`;
				copied = at + literal.length;
			}
			at += literal.length;
		} else {
			at += 1;
		}
	}
	return quoted + raw.slice(copied);
}

/** The position after the string that begins at `start`; a quote counts as its end unless an odd number of backslashes precede it. */
function endOfString(raw: string, start: number): number {
	let at = start;
	for (;;) {
		at = raw.indexOf('"', at + 1);
		if (at === -1) return raw.length;
		let slashes = 0;
		while (raw.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
		if (slashes % 2 === 0) return at + 1;
	}
}

function isDigit(char: number): boolean {
	return char >= 48 && char <= 57;
}
