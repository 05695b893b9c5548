/** A Data Table of the ledger: its exact name and its columns. */
export interface TableDefinition {
	readonly name: string;
	readonly columns: Readonly<Record<string, 'string' | 'number'>>;
}

/**
 * The three tables. Their names are no substrings of one another, because the host looks tables up by substring.
 * Instants are text: the host's date columns lose nothing, but come back in other shapes on other databases.
 */
export const tables = {
	ledger: {
		name: 'loyalty_ledger',
		columns: {
			entry_key: 'string',
			member_id: 'string',
			kind: 'string',
			points: 'number',
			summary: 'string',
			occurred_at: 'string',
			order_ref: 'string',
			program_version: 'number',
			written_by: 'string',
			facts: 'string',
		},
	},
	members: {
		name: 'loyalty_members',
		columns: {
			member_id: 'string',
			email: 'string',
			first_name: 'string',
			last_name: 'string',
			spendable_points: 'number',
			pending_points: 'number',
			tier: 'string',
			orders: 'number',
			total_spend: 'string',
			expiring_points: 'number',
			expiring_at: 'string',
			joined_at: 'string',
			details: 'string',
			ledger_up_to: 'number',
			lock_owner: 'string',
			lock_until: 'number',
		},
	},
	programs: {
		name: 'loyalty_programs',
		columns: {
			version: 'number',
			name: 'string',
			published_at: 'string',
			document: 'string',
			written_by: 'string',
		},
	},
} as const satisfies Record<string, TableDefinition>;

export type TableKey = keyof typeof tables;
export type TableIds = Readonly<Record<TableKey, string>>;
