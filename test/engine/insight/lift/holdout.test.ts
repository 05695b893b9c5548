import fc from 'fast-check';
import { assignHoldout } from '../../../../engine/insight/lift';
import { murmur3 } from '../../../../engine/insight/lift/murmur3';
import { utf8 } from '../../../../engine/insight/lift/utf8';

describe('murmur3', () => {
	/** Vectors of the reference implementation as published for MurmurHash3_x86_32. */
	it.each([
		['', 0, 0],
		['', 1, 0x514e28b7],
		['', 0xffffffff, 0x81f16f39],
		['aaaa', 0x9747b28c, 0x5a97808a],
		['aaa', 0x9747b28c, 0x283e0130],
		['aa', 0x9747b28c, 0x5d211726],
		['a', 0x9747b28c, 0x7fa09ea6],
		['abcd', 0x9747b28c, 0xf0478627],
		['abc', 0x9747b28c, 0xc84a62dd],
		['ab', 0x9747b28c, 0x74875592],
		['Hello, world!', 0x9747b28c, 0x24884cba],
		['ππππππππ', 0x9747b28c, 0xd58063c1],
		['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
	])('gives the published value of "%s" under seed %d', (text, seed, expected) => {
		expect(murmur3(utf8(text), seed)).toBe(expected);
	});

	it.each([
		[[0xff, 0xff, 0xff, 0xff], 0, 0x76293b50],
		[[0x21, 0x43, 0x65, 0x87], 0, 0xf55b516b],
		[[0x21, 0x43, 0x65, 0x87], 0x5082edee, 0x2362f9de],
		[[0x21, 0x43, 0x65], 0, 0x7e4a8634],
		[[0x21, 0x43], 0, 0xa0f7b07a],
		[[0x21], 0, 0x72661cf4],
		[[0, 0, 0, 0], 0, 0x2362f9de],
		[[0], 0, 0x514e28b7],
	])('gives the published value of the bytes %p under seed %d', (bytes, seed, expected) => {
		expect(murmur3(Uint8Array.from(bytes), seed)).toBe(expected);
	});
});

describe('utf8', () => {
	it('is the UTF-8 of the host for any text, broken surrogate pairs included', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(Buffer.from(utf8(text))).toEqual(Buffer.from(text, 'utf8'));
			}),
		);
		expect(Buffer.from(utf8('a\ud800b'))).toEqual(Buffer.from('a\ufffdb', 'utf8'));
	});
});

describe('assignHoldout', () => {
	const plan = { seed: 'win-back 2026', share: 0.1 };

	it('gives the same customer the same group however the address is written', () => {
		for (let index = 0; index < 200; index++) {
			const address = `customer${index}@example.com`;
			expect(assignHoldout(`  ${address.toUpperCase()} `, plan)).toEqual(
				assignHoldout(address, plan),
			);
		}
	});

	it('stays what it was when the package is updated', () => {
		const held = Array.from({ length: 60 }, (_, index) => `customer${index}@example.com`).filter(
			(address) => groupOf(address, plan) === 'holdout',
		);
		expect(held).toMatchInlineSnapshot(`
		[
		  "customer4@example.com",
		  "customer7@example.com",
		  "customer50@example.com",
		]
	`);
	});

	it('holds out the planned share', () => {
		let held = 0;
		for (let index = 0; index < 20_000; index++) {
			if (groupOf(`c-${index}`, plan) === 'holdout') held += 1;
		}
		// Binomial standard deviation is 42; four of them.
		expect(Math.abs(held - 2_000)).toBeLessThan(170);
	});

	it('deals the customers out anew for another campaign', () => {
		let heldTwice = 0;
		for (let index = 0; index < 20_000; index++) {
			const first = groupOf(`c-${index}`, plan);
			const second = groupOf(`c-${index}`, { ...plan, seed: 'spring mail' });
			if (first === 'holdout' && second === 'holdout') heldTwice += 1;
		}
		// 1 % by chance: 200, standard deviation 14.
		expect(Math.abs(heldTwice - 200)).toBeLessThan(60);
	});

	it('keeps everybody held out when the share grows', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1 }).filter((name) => name.trim() !== ''),
				fc.double({ min: 0.01, max: 0.5, noNaN: true }),
				fc.double({ min: 0, max: 0.4, noNaN: true }),
				(customer, share, more) => {
					const small = groupOf(customer, { ...plan, share });
					const large = groupOf(customer, { ...plan, share: share + more });
					expect(small === 'treated' || large === 'holdout').toBe(true);
				},
			),
		);
	});

	it.each([
		['', plan, 'holdout.customer'],
		['anna', { seed: ' ', share: 0.1 }, 'holdout.seed'],
		['anna', { seed: 'x', share: 0 }, 'holdout.share'],
		['anna', { seed: 'x', share: 1 }, 'holdout.share'],
		['anna', { seed: 'x', share: Number.NaN }, 'holdout.share'],
	])('refuses customer "%s" with %p', (customer, badPlan, code) => {
		expect(assignHoldout(customer, badPlan)).toMatchObject({ ok: false, reason: { code } });
	});
});

function groupOf(customer: string, plan: { seed: string; share: number }): string {
	const group = assignHoldout(customer, plan);
	return group.ok ? group.value : group.reason.code;
}
