const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	laquo: '«',
	raquo: '»',
	times: '×',
	reg: '®',
	copy: '©',
	trade: '™',
	euro: '€',
	pound: '£',
	deg: '°',
};

/**
 * WordPress stores names and secrets with HTML entities ("Fish &amp; Chips", "&#8211;"); people and signatures need the
 * characters. One pass, as WordPress itself does, so "&amp;lt;" is "&lt;". Unknown entities stay as they are.
 */
export function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
		(entity: string, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) return Object.hasOwn(NAMED, name) ? NAMED[name] : entity;
			const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
			return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
				? String.fromCodePoint(point)
				: entity;
		},
	);
}
