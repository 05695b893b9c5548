/** Shops have few names and many orders; but names come from outside, so what is remembered of them is bounded. */
const MOST_NAMES = 5000;
const LONGEST_NAME = 100;

const remembered = new Map<string, string>();

/**
 * A name as names are compared: owners do not type the exact case of a SKU or tag, and shops do not promise one either.
 * Folding costs more than everything else that is asked about a line, so it is done once a name.
 */
export function folded(text: string): string {
	const known = remembered.get(text);
	if (known !== undefined) return known;
	const plain = text.trim().toLowerCase();
	if (text.length <= LONGEST_NAME) {
		if (remembered.size >= MOST_NAMES) remembered.clear();
		remembered.set(text, plain);
	}
	return plain;
}
