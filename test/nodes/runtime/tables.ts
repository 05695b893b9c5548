import type {
	DataTableColumn,
	DataTableColumnJsType,
	DataTableColumnType,
	DataTableFilter,
	DataTableInsertRowsReturnType,
	DataTableRow,
	DataTableRowReturn,
	IDataTableProjectAggregateService,
	IDataTableProjectService,
	INode,
	Workflow,
} from 'n8n-workflow';
import {
	DATA_TABLE_SYSTEM_COLUMN_TYPE_MAP,
	DATA_TABLE_SYSTEM_COLUMNS,
	validateFieldType,
} from 'n8n-workflow';

import { turn } from './host.cjs';

/**
 * The host's Data Tables in memory, with the behaviour of the real service on SQLite (n8n 2.41.1), its traps included: tables are
 * found by a part of their name, nothing is unique but the table name, `lt` never matches an empty cell, and a number above 32 bits
 * written into a text column comes back with `.0` behind it.
 *
 * Each operation is one transaction, as in SQLite, but waits its turn before and after, so that parallel runs interleave between
 * operations as they do in the host.
 */

type Condition = DataTableFilter['filters'][number];

interface Table {
	id: string;
	name: string;
	columns: DataTableColumn[];
	rows: DataTableRowReturn[];
	nextId: number;
	createdAt: Date;
	updatedAt: Date;
	/** Order of the last change: two changes within one millisecond would otherwise be listed in any order. */
	touched: number;
}

export interface TableOperation {
	name:
		| 'list'
		| 'create'
		| 'columns'
		| 'get'
		| 'insert'
		| 'update'
		| 'upsert'
		| 'delete'
		| 'clear'
		| 'rename'
		| 'drop'
		| 'addColumn';
	/** Name of the table, empty for `list`. */
	table: string;
	/** Rows handed in by an insert. */
	rows?: number;
}

export interface TablesOptions {
	/** Called before each operation takes effect: throw to make it fail, wait to hold it back. */
	before?: (operation: TableOperation) => void | Promise<void>;
	/** Called after each operation took effect, before its caller hears of it: throw to lose the answer. */
	after?: (operation: TableOperation) => void | Promise<void>;
}

const ALLOWED_NODES = new Set([
	'n8n-nodes-base.dataTable',
	'n8n-nodes-base.dataTableTool',
	'n8n-nodes-base.evaluationTrigger',
	'n8n-nodes-base.evaluation',
]);

const FIELD_TYPE = {
	number: 'number',
	string: 'string',
	boolean: 'boolean',
	date: 'dateTime',
} as const;

const PROJECT = 'project';

function fault(message: string): Error {
	return new Error(`Validation error with data table request: ${message}`);
}

let tablesMade = 0;

/** What SQLite makes of a value in a TEXT column: the driver binds whole numbers within 32 bits as integers, all others as reals. */
function asText(value: string | number | boolean): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return value ? '1' : '0';
	const isInt32 =
		Number.isInteger(value) && value === Math.trunc(value) && Math.abs(value) < 2 ** 31;
	return Number.isInteger(value) && !isInt32 ? `${value}.0` : String(value);
}

function stored(value: DataTableColumnJsType, type: DataTableColumnType): DataTableColumnJsType {
	if (value === null) return null;
	if (type === 'date') return new Date(value as string | Date);
	if (type === 'string' && !(value instanceof Date)) return asText(value);
	return value;
}

function comparable(value: DataTableColumnJsType): string | number | null {
	if (value === null || value === undefined) return null;
	if (value instanceof Date) return value.getTime();
	if (typeof value === 'boolean') return value ? 1 : 0;
	return value;
}

function pattern(value: string, ignoreCase: boolean): RegExp {
	const source = value
		.split('%')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('[\\s\\S]*');
	return new RegExp(`^${source}$`, ignoreCase ? 'i' : '');
}

function matchesCondition(row: DataTableRowReturn, filter: Condition): boolean {
	const cell = comparable(row[filter.columnName] ?? null);
	if (filter.condition === 'isEmpty') return cell === null || cell === '';
	if (filter.condition === 'isNotEmpty') return cell !== null && cell !== '';
	const value = comparable(filter.value);
	switch (filter.condition) {
		case 'eq':
			return cell === value;
		case 'neq':
			return value === null ? cell !== null : cell !== value;
		case 'like':
			return cell !== null && pattern(String(value), false).test(String(cell));
		case 'ilike':
			return cell !== null && pattern(String(value), true).test(String(cell));
	}
	if (cell === null || value === null) return false;
	switch (filter.condition) {
		case 'gt':
			return cell > value;
		case 'gte':
			return cell >= value;
		case 'lt':
			return cell < value;
		case 'lte':
			return cell <= value;
	}
}

function matches(row: DataTableRowReturn, filter: DataTableFilter | undefined): boolean {
	if (!filter || filter.filters.length === 0) return true;
	return filter.type === 'or'
		? filter.filters.some((one) => matchesCondition(row, one))
		: filter.filters.every((one) => matchesCondition(row, one));
}

function copy(row: DataTableRowReturn): DataTableRowReturn {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [
			name,
			value instanceof Date ? new Date(value) : value,
		]),
	) as DataTableRowReturn;
}

function sorted(
	rows: DataTableRowReturn[],
	sortBy: [string, 'ASC' | 'DESC'] | undefined,
): DataTableRowReturn[] {
	const [column, direction] = sortBy ?? ['id', 'ASC'];
	return [...rows].sort((a, b) => {
		const x = comparable(a[column] ?? null);
		const y = comparable(b[column] ?? null);
		let order = 0;
		// SQLite puts empty cells before all others.
		if (x === null || y === null) order = (x === null ? 0 : 1) - (y === null ? 0 : 1);
		else if (x !== y) order = x < y ? -1 : 1;
		if (order !== 0) return direction === 'DESC' ? -order : order;
		return a.id - b.id;
	});
}

export class Tables {
	/** Every operation that took effect, in order: so that a test can say "one read and one append". */
	readonly operations: TableOperation[] = [];

	private readonly byId = new Map<string, Table>();

	private changes = 0;

	constructor(private readonly options: TablesOptions = {}) {}

	/** Makes a table as if it had been there before. Returns its id. */
	add(
		name: string,
		columns: Record<string, DataTableColumnType>,
		rows: DataTableRow[] = [],
	): string {
		const table = this.make(
			name,
			Object.entries(columns).map(([column, type]) => ({ name: column, type })),
		);
		this.insert(table, rows);
		return table.id;
	}

	/** Names of all tables, in the order in which they were made. */
	names(): string[] {
		return [...this.byId.values()].map((table) => table.name);
	}

	/** All rows of a table, oldest first; none when there is no such table. */
	rows(name: string): DataTableRowReturn[] {
		const table = [...this.byId.values()].find((one) => one.name === name);
		return table ? table.rows.map(copy) : [];
	}

	/** Names and types of the columns of a table. */
	columns(name: string): Record<string, DataTableColumnType> {
		const table = [...this.byId.values()].find((one) => one.name === name);
		return Object.fromEntries((table?.columns ?? []).map((column) => [column.name, column.type]));
	}

	/** What the host gives to its own Data Table nodes, and to no others. */
	readonly provider = {
		getDataTableAggregateProxy: async (_workflow: Workflow, node: INode) => {
			this.allow(node);
			return this.aggregate();
		},
		getDataTableProxy: async (_workflow: Workflow, node: INode, tableId: string) => {
			this.allow(node);
			if (!this.byId.has(tableId)) {
				throw new Error(`Data table with ID '${tableId}' could not be found in this project`);
			}
			return this.project(tableId);
		},
	};

	private allow(node: INode) {
		if (!ALLOWED_NODES.has(node.type)) {
			throw new Error('This proxy is only available for Data table nodes');
		}
	}

	private async transaction<T>(operation: TableOperation, work: () => T): Promise<T> {
		await turn();
		await this.options.before?.(operation);
		const result = work();
		this.operations.push(operation);
		await this.options.after?.(operation);
		await turn();
		return result;
	}

	private touch(table: Table) {
		table.updatedAt = new Date();
		table.touched = ++this.changes;
	}

	private make(
		name: string,
		columns: Array<{ name: string; type: DataTableColumnType; index?: number }>,
	): Table {
		for (const column of columns) {
			if (!/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/.test(column.name)) {
				throw fault(`the column name '${column.name}' is not allowed`);
			}
			const reserved = [...DATA_TABLE_SYSTEM_COLUMNS, 'dryRunState'];
			if (reserved.some((one) => one.toLowerCase() === column.name.toLowerCase())) {
				throw new Error(`Column name "${column.name}" is reserved as system column name.`);
			}
		}
		if ([...this.byId.values()].some((one) => one.name === name)) {
			throw new Error(
				'SQLITE_CONSTRAINT: UNIQUE constraint failed: data_table.projectId, data_table.name',
			);
		}
		// As in the host no two tables ever share an id, whatever project or database they are in.
		tablesMade += 1;
		const id = `table${String(tablesMade).padStart(11, '0')}`;
		const table: Table = {
			id,
			name,
			columns: columns.map((column, index) => ({
				id: `${id}-${index}`,
				dataTableId: id,
				name: column.name,
				type: column.type,
				index: column.index ?? index,
			})),
			rows: [],
			nextId: 1,
			createdAt: new Date(),
			updatedAt: new Date(),
			touched: ++this.changes,
		};
		this.byId.set(id, table);
		return table;
	}

	private cell(
		types: Map<string, DataTableColumnType>,
		name: string,
		value: DataTableColumnJsType,
	): DataTableColumnJsType {
		const type = types.get(name);
		if (!type) throw fault(`unknown column name '${name}'`);
		if (value === null) return null;
		const checked = validateFieldType(name, value, FIELD_TYPE[type], {
			strict: false,
			parseStrings: false,
		});
		if (!checked.valid) {
			throw fault(
				`value '${String(value)}' does not match column type '${type}': ${checked.errorMessage}`,
			);
		}
		if (type !== 'date') return checked.newValue as DataTableColumnJsType;
		return (checked.newValue as unknown as { toJSDate(): Date }).toJSDate();
	}

	private types(table: Table, withSystemColumns: boolean): Map<string, DataTableColumnType> {
		return new Map([
			...(withSystemColumns ? Object.entries(DATA_TABLE_SYSTEM_COLUMN_TYPE_MAP) : []),
			...table.columns.map((column) => [column.name, column.type] as const),
		]);
	}

	private values(table: Table, row: DataTableRow): DataTableRow {
		const types = this.types(table, false);
		return Object.fromEntries(
			Object.entries(row).map(([name, value]) => [
				name,
				stored(this.cell(types, name, value), types.get(name)!),
			]),
		);
	}

	private filter(table: Table, filter: DataTableFilter): DataTableFilter {
		const types = this.types(table, true);
		return {
			...filter,
			filters: filter.filters.map((one) => {
				const type = types.get(one.columnName);
				const value = this.cell(types, one.columnName, one.value);
				if (type !== 'string' && one.condition === 'isEmpty') {
					return { ...one, condition: 'eq', value: null };
				}
				if (type !== 'string' && one.condition === 'isNotEmpty') {
					return { ...one, condition: 'neq', value: null };
				}
				if (one.condition === 'like' || one.condition === 'ilike') {
					if (typeof value !== 'string') {
						throw fault(`${one.condition.toUpperCase()} filter value must be a string`);
					}
					return { ...one, value: value.includes('%') ? value : `%${value}%` };
				}
				if (['gt', 'gte', 'lt', 'lte'].includes(one.condition) && value === null) {
					throw fault(`${one.condition.toUpperCase()} filter value cannot be null or undefined`);
				}
				return { ...one, value: value === null ? null : stored(value, type!) };
			}),
		};
	}

	private insert(table: Table, rows: DataTableRow[]): DataTableRowReturn[] {
		const values = rows.map((row) => this.values(table, row));
		const inserted = values.map((row) => {
			const now = new Date();
			const full = {
				id: table.nextId++,
				createdAt: now,
				updatedAt: now,
				...Object.fromEntries(table.columns.map((column) => [column.name, null])),
				...row,
			} as DataTableRowReturn;
			table.rows.push(full);
			return full;
		});
		this.touch(table);
		return inserted.map(copy);
	}

	private update(table: Table, data: DataTableRow, filter: DataTableFilter): DataTableRowReturn[] {
		if (filter.filters.length === 0) throw fault('Filter must not be empty');
		if (Object.keys(data).length === 0) throw fault('Data columns must not be empty');
		const values = this.values(table, data);
		const wanted = this.filter(table, filter);
		const affected = table.rows.filter((row) => matches(row, wanted));
		for (const row of affected) Object.assign(row, values, { updatedAt: new Date() });
		this.touch(table);
		return affected.map(copy);
	}

	private aggregate(): IDataTableProjectAggregateService {
		return {
			getProjectId: () => PROJECT,
			getManyAndCount: async ({ filter, sortBy, skip = 0, take } = {}) =>
				await this.transaction({ name: 'list', table: '' }, () => {
					const parts = [filter?.name ?? []].flat();
					const found = [...this.byId.values()].filter((table) =>
						parts.every((part) => {
							// LIKE: `_` stands for any one character.
							const source = pattern(`%${part}%`, true).source.replace(/_/g, '[\\s\\S]');
							return new RegExp(source, 'i').test(table.name);
						}),
					);
					const [field, direction] = (sortBy ?? 'updatedAt:desc').split(':');
					found.sort((a, b) => {
						let order = a.touched - b.touched;
						if (field === 'name') order = a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
						if (field === 'createdAt') order = a.createdAt.getTime() - b.createdAt.getTime();
						return direction === 'desc' ? -order : order;
					});
					const end = take === undefined ? undefined : skip + take;
					return {
						count: found.length,
						data: found.slice(skip, end).map((one) => this.entity(one)),
					};
				}),
			createDataTable: async ({ name, columns }) => {
				// The host looks for the name first and writes later: two at once get past the look-up.
				if ([...this.byId.values()].some((one) => one.name === name)) {
					throw new Error(`Data table with name '${name}' already exists in this project`);
				}
				return await this.transaction({ name: 'create', table: name }, () =>
					this.entity(this.make(name, columns)),
				);
			},
			deleteDataTableAll: async () => {
				this.byId.clear();
				return true;
			},
		};
	}

	private entity(table: Table) {
		return {
			id: table.id,
			name: table.name,
			columns: table.columns.map((column) => ({ ...column })),
			createdAt: table.createdAt,
			updatedAt: table.updatedAt,
			projectId: PROJECT,
			project: { id: PROJECT, name: 'Shop', type: 'personal', icon: null },
		};
	}

	private project(tableId: string): IDataTableProjectService {
		const use = async <T>(
			name: TableOperation['name'],
			work: (table: Table) => T,
			rows?: number,
		): Promise<T> => {
			const table = this.byId.get(tableId);
			if (!table) throw new Error(`Could not find the data table: '${tableId}'`);
			const operation: TableOperation = { name, table: table.name };
			if (rows !== undefined) operation.rows = rows;
			return await this.transaction(operation, () => work(table));
		};

		return {
			getColumns: async () =>
				await use('columns', (table) =>
					table.columns.map((column) => ({ ...column })).sort((a, b) => a.index - b.index),
				),
			getManyRowsAndCount: async ({ filter, sortBy, skip = 0, take }) =>
				await use('get', (table) => {
					const wanted = filter && this.filter(table, filter);
					const found = sorted(
						table.rows.filter((row) => matches(row, wanted)),
						sortBy,
					);
					return {
						count: found.length,
						data: found.slice(skip, take ? skip + take : undefined).map(copy),
					};
				}),
			insertRows: async <T extends DataTableInsertRowsReturnType>(
				rows: DataTableRow[],
				returnType: T,
			) =>
				await use(
					'insert',
					(table) => {
						const inserted = this.insert(table, rows);
						if (returnType === 'all') return inserted as never;
						if (returnType === 'id') return inserted.map(({ id }) => ({ id })) as never;
						return { success: true, insertedRows: inserted.length } as never;
					},
					rows.length,
				),
			updateRows: async ({ data, filter, dryRun }) => {
				if (dryRun) throw new Error('Dry runs are not part of this stand-in for Data Tables');
				return await use('update', (table) => this.update(table, data, filter));
			},
			upsertRow: async ({ data, filter, dryRun }) => {
				if (dryRun) throw new Error('Dry runs are not part of this stand-in for Data Tables');
				return await use('upsert', (table) => {
					const updated = this.update(table, data, filter);
					return updated.length > 0 ? updated : this.insert(table, [data]);
				});
			},
			deleteRows: async ({ filter, dryRun }) => {
				if (dryRun) throw new Error('Dry runs are not part of this stand-in for Data Tables');
				return await use('delete', (table) => {
					if (filter.filters.length === 0) {
						throw fault(
							'Filter is required for delete operations to prevent accidental deletion of all data',
						);
					}
					const wanted = this.filter(table, filter);
					const gone = table.rows.filter((row) => matches(row, wanted));
					table.rows = table.rows.filter((row) => !gone.includes(row));
					this.touch(table);
					return gone.map(copy);
				});
			},
			clearRows: async () =>
				await use('clear', (table) => {
					const deletedCount = table.rows.length;
					table.rows = [];
					this.touch(table);
					return { deletedCount };
				}),
			updateDataTable: async ({ name }) =>
				await use('rename', (table) => {
					table.name = name;
					this.touch(table);
					return true;
				}),
			deleteDataTable: async () => await use('drop', (table) => this.byId.delete(table.id)),
			addColumn: async ({ name, type, index }) =>
				await use('addColumn', (table) => {
					const column: DataTableColumn = {
						id: `${table.id}-${table.columns.length}`,
						dataTableId: table.id,
						name,
						type,
						index: index ?? table.columns.length,
					};
					table.columns.push(column);
					for (const row of table.rows) row[name] = null;
					this.touch(table);
					return { ...column };
				}),
			moveColumn: async () => {
				throw new Error('Moving columns is not part of this stand-in for Data Tables');
			},
			deleteColumn: async () => {
				throw new Error('Deleting columns is not part of this stand-in for Data Tables');
			},
		};
	}
}
