import type { IDataObject } from 'n8n-workflow';

import { PAGE } from '../../../nodes/shared/ledger/operations';
import { Session } from '../../../nodes/shared/ledger/session';

const subject = (name: string): IDataObject => ({ member: name, order: `order of ${name}` });
const read = (...names: string[]) => ({
	operation: 'readSubjects' as const,
	items: names.map(subject),
});

/** A session that so many runs share. */
function sharedBy(runs: number): Session {
	const session = new Session();
	for (let run = 0; run < runs; run += 1) session.join();
	return session;
}

describe('a session that several runs share', () => {
	it('looks up in one go what they ask at the same moment, and gives all the rows to each', async () => {
		const session = sharedBy(3);
		const asked = ['ann', 'bob', 'cy'].map(async (name) => await session.send(read(name)));
		expect(await session.exchange([])).toEqual({
			operation: 'readFourSubjects',
			items: [
				{
					member0: 'ann',
					order0: 'order of ann',
					member1: 'bob',
					order1: 'order of bob',
					member2: 'cy',
					order2: 'order of cy',
					member3: 'cy',
					order3: 'order of cy',
				},
			],
		});
		session.finish();
		expect(await session.exchange([{ id: 1 }, { id: 2 }])).toBeNull();
		const rows = [{ id: 1 }, { id: 2 }];
		expect(await Promise.all(asked)).toEqual([{ rows }, { rows }, { rows }]);
	});

	it('appends in one go, in the order in which it was asked', async () => {
		const session = sharedBy(2);
		void session.send({ operation: 'append', items: [{ entry_key: 'a' }, { entry_key: 'b' }] });
		void session.send(read('ann'));
		void session.send({ operation: 'append', items: [{ entry_key: 'c' }] });
		expect(await session.exchange([])).toEqual({
			operation: 'append',
			items: [{ entry_key: 'a' }, { entry_key: 'b' }, { entry_key: 'c' }],
		});
		expect(await session.exchange([{ success: true }])).toMatchObject({
			operation: 'readSubjects',
		});
	});

	it.each(['saveMembers', 'addMembers'] as const)(
		'has %s write only the newest view of a member, and one row',
		async (operation) => {
			const session = sharedBy(2);
			const view = (member: string, upTo: number) => ({ member_id: member, ledger_up_to: upTo });
			void session.send({ operation, items: [view('ann', 12), view('bob', 7)] });
			void session.send({ operation, items: [view('ann', 11), view('bob', 9)] });
			expect(await session.exchange([])).toEqual({
				operation,
				items: [view('ann', 12), view('bob', 9)],
			});
		},
	);

	it('lets each take a lease by itself, so that each knows whether it got it', async () => {
		const session = sharedBy(2);
		const lock = (owner: string) => ({
			operation: 'lock' as const,
			items: [{ member_id: 'ann', lock_owner: owner, lock_until: 30_000 }],
		});
		const first = session.send(lock('one'));
		const second = session.send(lock('two'));
		expect((await session.exchange([]))?.items).toEqual(lock('one').items);
		expect((await session.exchange([{ id: 1 }]))?.items).toEqual(lock('two').items);
		session.finish();
		expect(await session.exchange([{}])).toBeNull();
		expect(await first).toEqual({ rows: [{ id: 1 }] });
		expect(await second).toEqual({ rows: [{}] });
	});

	it('looks up one after the other what together fills a page, because the page may be cut off', async () => {
		const session = sharedBy(2);
		const ann = session.send(read('ann'));
		const bob = session.send(read('bob'));
		const both = await session.exchange([]);
		expect(both?.operation).toBe('readTwoSubjects');
		const page = Array.from({ length: PAGE }, (_, index) => ({ id: index + 1 }));
		expect((await session.exchange(page))?.items).toEqual([
			{ member0: 'ann', order0: 'order of ann' },
		]);
		expect((await session.exchange([{ id: 1 }]))?.items).toEqual([
			{ member0: 'bob', order0: 'order of bob' },
		]);
		session.finish();
		await session.exchange([{ id: 2 }]);
		expect([await ann, await bob]).toEqual([{ rows: [{ id: 1 }] }, { rows: [{ id: 2 }] }]);
	});

	it('says of a fault that it may be another’s, also to those who were not asked for yet', async () => {
		const session = sharedBy(2);
		const current = session.send(read('ann'));
		await session.exchange([]);
		const waiting = session.send(read('bob'));
		const fault = new Error('The storage is full');
		session.close(fault);
		const later = session.send(read('cy'));
		for (const answer of [current, waiting, later])
			expect(await answer).toEqual({ fault, mayBeAnothers: true });
	});
});

it('a session of one run says of a fault that it is its own', async () => {
	const session = sharedBy(1);
	const asked = session.send(read('ann'));
	const fault = new Error('The storage is full');
	session.close(fault);
	expect(await asked).toEqual({ fault, mayBeAnothers: false });
});
