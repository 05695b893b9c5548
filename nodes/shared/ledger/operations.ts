import type { IDataObject, INode } from 'n8n-workflow';

import type { Subjects } from '../../../engine/ledger';
import { dataTableNode } from './inlineWorkflow';
import type { TableIds, TableKey } from './tables';

/** Most rows that one look-up gives: the host counts again between pages of this size, and fails when rows arrive. */
export const PAGE = 1000;

/** How many of the latest versions of the programme are looked at. */
const VERSIONS = 100;

type Condition = readonly [column: string, condition: 'eq' | 'gt' | 'lt' | 'lte', value: string];

/** What can be asked of the tables, one Data Table node each. Items carry the values that the conditions name. */
export const operations = {
	/**
	 * The rows of everybody a session is about, in one look-up. The names stand in the node itself: an expression costs more
	 * than a condition.
	 */
	readSubjects: (ids: TableIds, { members, orders }: Subjects) =>
		get(
			'Read ledger',
			ids,
			'ledger',
			[
				...members.map((member): Condition => ['member_id', 'eq', member]),
				...orders.map((order): Condition => ['order_ref', 'eq', order]),
			],
			{ matchType: 'anyCondition' },
		),
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
} satisfies Record<string, (ids: TableIds, subjects: Subjects) => INode>;

export type Operation = keyof typeof operations;

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
