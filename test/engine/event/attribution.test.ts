import fc from 'fast-check';
import { readAttribution } from '../../../engine/event/attribution';

const landed = (page: string) => readAttribution(page, null, []);

describe('where an order came from', () => {
	it.each([
		['/?utm_source=newsletter&utm_medium=email', 'newsletter', 'email'],
		['https://shop.example/a?x=1&utm_source=Spring+Sale%21#top', 'Spring Sale!', null],
		['/?utm%5Fsource=encoded', 'encoded', null],
		['/?utm_source=first&utm_source=second', 'first', null],
		['/?utm_source', null, null],
		['/?utm_source=%E4%B8', '\u{FFFD}', null],
		['/no-query', null, null],
	])('is read from %s', (page, source, medium) => {
		expect(landed(page)).toMatchObject({ source, medium });
	});

	it('is read as a browser would read the query', () => {
		const part = fc.oneof(
			fc.constantFrom(
				'utm_source',
				'utm_medium',
				'ref',
				'=',
				'&',
				'%',
				'%20',
				'+',
				'a',
				'%3D',
				'é',
			),
			fc.string({ maxLength: 4 }).map((text) => text.replace('#', '')),
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
				const query = parts.join('');
				const read = new URLSearchParams(query.split('#')[0]);
				const expected = (name: string) => read.get(name)?.trim() || null;
				expect(landed(`/?${query}`)).toMatchObject({
					source: expected('utm_source'),
					medium: expected('utm_medium'),
				});
			}),
			{ numRuns: 2000 },
		);
	});
});
