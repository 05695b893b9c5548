import type { IDataObject, INode } from 'n8n-workflow';

import { dataTableNode } from './inlineWorkflow';
import type { TableIds, TableKey } from './tables';

/** Most rows that one look-up gives: the host counts again between pages of this size, and fails when rows arrive. */
export const PAGE = 1000;

/** How many of the latest versions of the programme are looked at. */
const VERSIONS = 100;

type Condition = readonly [column: string, condition: 'eq' | 'gt' | 'lt' | 'lte', value: string];

/** What can be asked of the tables, one Data Table node each. Items carry the values that the conditions name. */
export const operations = {
	readSubjects: (ids: TableIds) => readSubjects('Read ledger', ids, 1),
	readTwoSubjects: (ids: TableIds) => readSubjects('Read ledger for two', ids, 2),
	readFourSubjects: (ids: TableIds) => readSubjects('Read ledger for four', ids, 4),
	readPrograms: (ids: TableIds) =>
		get('Read programmes', ids, 'programs', [], { limit: VERSIONS, orderByDirection: 'DESC' }),
	addProgram: (ids: TableIds) => insert('Publish programme', ids, 'programs'),
	readMemberRows: (ids: TableIds) =>
		get('Read ledger by member', ids, 'ledger', [
			['member_id', 'eq', '={{ $json.value }}'],
			['id', 'gt', '={{ $json.after }}'],
		]),
	readOrderRows: (ids: TableIds) =>
		get('Read ledger by order', ids, 'ledger', [
			['order_ref', 'eq', '={{ $json.value }}'],
			['id', 'gt', '={{ $json.after }}'],
		]),
	readAllRows: (ids: TableIds) =>
		get('Read whole ledger', ids, 'ledger', [['id', 'gt', '={{ $json.after }}']]),
	append: (ids: TableIds) => insert('Append to ledger', ids, 'ledger'),
	readMembers: (ids: TableIds) =>
		get('Find members', ids, 'members', [['member_id', 'eq', '={{ $json.value }}']]),
	readAllMembers: (ids: TableIds) =>
		get('Read all members', ids, 'members', [['id', 'gt', '={{ $json.after }}']]),
	addMembers: (ids: TableIds) => insert('Add members', ids, 'members'),
	/** Never puts an older view over a newer one. */
	saveMembers: (ids: TableIds) =>
		update('Save members', ids, 'members', [
			['member_id', 'eq', '={{ $json.member_id }}'],
			['ledger_up_to', 'lt', '={{ $json.ledger_up_to }}'],
		]),
	/** Also corrects a view of the same age. */
	rebuildMembers: (ids: TableIds) =>
		update('Rebuild members', ids, 'members', [
			['member_id', 'eq', '={{ $json.member_id }}'],
			['ledger_up_to', 'lte', '={{ $json.ledger_up_to }}'],
		]),
	removeMembers: (ids: TableIds) =>
		dataTableNode('Remove repeated members', {
			resource: 'row',
			operation: 'deleteRows',
			...table(ids, 'members'),
			...filter([['id', 'eq', '={{ $json.id }}']]),
		}),
	/** Compare and set: only a lease that has run out can be taken. `lock_until` is when the new one ends. */
	lock: (ids: TableIds) =>
		update('Take lease', ids, 'members', [
			['member_id', 'eq', '={{ $json.member_id }}'],
			['lock_until', 'lt', `={{ $json.lock_until - ${LEASE} }}`],
		]),
	unlock: (ids: TableIds) =>
		update('Give lease back', ids, 'members', [
			['member_id', 'eq', '={{ $json.member_id }}'],
			['lock_owner', 'eq', '={{ $json.lock_owner }}'],
		]),
} satisfies Record<string, (ids: TableIds) => INode>;

export type Operation = keyof typeof operations;

export interface Command {
	readonly operation: Operation;
	readonly items: readonly IDataObject[];
}

/** A way to do in one go what several runs ask for. */
interface InOneGo {
	/** So many items at most, unless a single run asks for more. */
	readonly most: number;
	combine(items: readonly IDataObject[]): Command;
}

/**
 * The operations that come to the same when they are done for several runs at once, and how. Everybody gets the rows of all. The
 * others take their turn: of a lease, each run must know whether it got it itself.
 */
export const inOneGo: Readonly<Partial<Record<Operation, InOneGo>>> = {
	readSubjects: { most: 16, combine: fewerReads },
	append: { most: 500, combine: (items) => ({ operation: 'append', items }) },
	saveMembers: { most: 100, combine: (items) => newestViews('saveMembers', items) },
	addMembers: { most: 100, combine: (items) => newestViews('addMembers', items) },
};

/** A member and an order whose rows are wanted. */
export interface Subject {
	readonly member: string;
	readonly order: string;
}

/** Reads all rows of so many members and all about as many orders, in one look-up. */
function readSubjects(name: string, ids: TableIds, count: number): INode {
	const conditions = Array.from({ length: count }, (_, index): Condition[] => [
		['member_id', 'eq', `={{ $json.member${index} }}`],
		['order_ref', 'eq', `={{ $json.order${index} }}`],
	]);
	return get(name, ids, 'ledger', conditions.flat(), { matchType: 'anyCondition', orderBy: false });
}

/** What the node is given for some subjects, at most as many as it takes; the last one fills what is left over. */
function subjectItem(subjects: readonly IDataObject[], count: number): IDataObject {
	const item: IDataObject = {};
	for (let index = 0; index < count; index += 1) {
		const { member, order } = subjects[Math.min(index, subjects.length - 1)];
		item[`member${index}`] = member;
		item[`order${index}`] = order;
	}
	return item;
}

/** For a look-up the host asks its database a dozen times, whatever it looks for. */
function fewerReads(subjects: readonly IDataObject[]): Command {
	const [operation, count] =
		subjects.length > 2
			? (['readFourSubjects', 4] as const)
			: subjects.length === 2
				? (['readTwoSubjects', 2] as const)
				: (['readSubjects', 1] as const);
	const items: IDataObject[] = [];
	for (let start = 0; start < subjects.length; start += count)
		items.push(subjectItem(subjects.slice(start, start + count), count));
	return { operation, items };
}

/** One view a member: an older one would not be written over the newer one anyway, and a member needs one row. */
function newestViews(operation: Operation, items: readonly IDataObject[]): Command {
	const newest = new Map<unknown, IDataObject>();
	for (const item of items) {
		const other = newest.get(item.member_id);
		if (other === undefined || Number(other.ledger_up_to) < Number(item.ledger_up_to))
			newest.set(item.member_id, item);
	}
	return { operation, items: [...newest.values()] };
}

/** How long a lease lasts, in milliseconds: a crashed run keeps its member from spending for so long. */
export const LEASE = 30_000;

function get(
	name: string,
	ids: TableIds,
	key: TableKey,
	conditions: readonly Condition[],
	over: IDataObject = {},
): INode {
	return dataTableNode(name, {
		resource: 'row',
		operation: 'get',
		...table(ids, key),
		...(conditions.length === 0 ? {} : filter(conditions)),
		returnAll: false,
		limit: PAGE,
		orderBy: true,
		orderByColumn: 'id',
		orderByDirection: 'ASC',
		...over,
	});
}

function insert(name: string, ids: TableIds, key: TableKey): INode {
	return dataTableNode(name, {
		resource: 'row',
		operation: 'insert',
		...table(ids, key),
		columns: { mappingMode: 'autoMapInputData', value: null },
		options: { optimizeBulk: true },
	});
}

function update(
	name: string,
	ids: TableIds,
	key: TableKey,
	conditions: readonly Condition[],
): INode {
	return dataTableNode(name, {
		resource: 'row',
		operation: 'update',
		...table(ids, key),
		...filter(conditions),
		columns: { mappingMode: 'autoMapInputData', value: null },
		options: {},
	});
}

/** By id: by name the host takes the table changed last whose name merely contains it. */
function table(ids: TableIds, key: TableKey): IDataObject {
	return { dataTableId: { __rl: true, mode: 'id', value: ids[key] } };
}

function filter(conditions: readonly Condition[]): IDataObject {
	return {
		matchType: 'allConditions',
		filters: {
			conditions: conditions.map(([keyName, condition, keyValue]) => ({
				keyName,
				condition,
				keyValue,
			})),
		},
	};
}
