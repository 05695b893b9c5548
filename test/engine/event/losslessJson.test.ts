import fc from 'fast-check';
import { hasLongIntegers, parseLossless } from '../../../engine/event/losslessJson';

describe('parsing JSON without losing the digits of long ids', () => {
	it('gives integers beyond 2^53 as text, exact to the last digit', () => {
		expect(parseLossless('{"id":820982911946154508,"order_id":-9007199254740993}')).toEqual({
			id: '820982911946154508',
			order_id: '-9007199254740993',
		});
		expect(parseLossless('[9007199254740991,9007199254740992]')).toEqual(
			[9007199254740991, 9007199254740992].map((number, index) =>
				index === 0 ? number : String(number),
			),
		);
		expect(parseLossless('820982911946154508')).toBe('820982911946154508');
	});

	it('leaves digits inside texts alone, whatever quotes and backslashes stand around them', () => {
		const body = {
			id: 1,
			note: 'say ": 820982911946154508, twice',
			path: 'C:\\',
			next: '\\"',
			'number 820982911946154508': '820982911946154508',
			long: [1],
		};
		const raw = JSON.stringify(body).replace('[1]', '[820982911946154508]');
		expect(hasLongIntegers(raw)).toBe(true);
		expect(parseLossless(raw)).toEqual({ ...body, long: ['820982911946154508'] });
	});

	it('leaves fractions, exponents and short numbers numbers', () => {
		const raw =
			'{"long":820982911946154508,"a":0.1234567890123456789,"b":1e400,"c":-12.5E-3,"d":7}';
		expect(parseLossless(raw)).toEqual({
			long: '820982911946154508',
			a: 0.12345678901234568,
			b: Infinity,
			c: -0.0125,
			d: 7,
		});
	});

	it('gives undefined for a text that is not JSON', () => {
		for (const raw of [
			'',
			'{',
			'{"a":}',
			'12345678901234567890x',
			'"12345678901234567',
			'-',
			'[1,]',
		]) {
			expect(parseLossless(raw)).toBeUndefined();
		}
	});

	it('does not stumble over a very long text or deep nesting', () => {
		const long = JSON.stringify({ id: 1, note: '\\"'.repeat(200_000) }).replace(
			'"id":1',
			'"id":820982911946154508',
		);
		expect((parseLossless(long) as { id: string }).id).toBe('820982911946154508');
		const deep = `${'['.repeat(5000)}820982911946154508${']'.repeat(5000)}`;
		expect(parseLossless(deep)).toBeDefined();
	});

	const shortNumbers = fc.jsonValue().filter((value) => !/\d{16}/.test(JSON.stringify(value)));

	it('agrees with JSON.parse on everything that has no long integer', () => {
		fc.assert(
			fc.property(shortNumbers, (value) => {
				const raw = JSON.stringify(value);
				expect(parseLossless(raw)).toEqual(JSON.parse(raw));
			}),
		);
	});

	it('keeps any id between any two texts', () => {
		fc.assert(
			fc.property(
				fc.string(),
				fc.bigInt(2n ** 53n, 10n ** 30n),
				fc.string(),
				(before, id, after) => {
					const raw = `{"before":${JSON.stringify(before)}, "id" : ${id}, "after":${JSON.stringify(after)}}`;
					expect(parseLossless(raw)).toEqual({ before, id: String(id), after });
				},
			),
		);
	});
});
