import { ratio, ZERO, type Ratio } from './ratio';

/** A ratio as text that loses nothing: "7", "199/10". */
export function fractionText(value: Ratio): string {
	return value.den === 1 || value.den === 1n ? String(value.num) : `${value.num}/${value.den}`;
}

/** Reads what `fractionText` wrote; anything else is zero. */
export function fraction(text: string): Ratio {
	const match = /^(-?\d{1,60})(?:\/([1-9]\d{0,60}))?$/.exec(text);
	return match === null ? ZERO : ratio(BigInt(match[1]), BigInt(match[2] ?? '1'));
}
