import type { CustomerRow } from '../purchase';
import type { Contact } from './contact';
import { fieldAt, isRow, textOf, type Row } from './record';
import { decimalSignOf, readTableAmount } from './table-amount';
import { dateOrderOf, readTableDate, type DateOrder } from './table-date';
import { customerFields, type CustomerField, type Fields } from './table-fields';

export interface CustomerInputSettings {
	readonly fields?: Fields<CustomerField>;
	readonly dateOrder?: DateOrder;
}

export interface CustomerInput {
	/** One for each row of the input; what a row lacks is such that the summary refuses it with a reason. */
	readonly customers: readonly CustomerRow[];
	readonly contacts: readonly Contact[];
	/** Friends brought to the shop, 0 when the rows do not tell. */
	readonly referrals: readonly number[];
	/** Campaign group of each row, where it names one. */
	readonly groups: ReadonlyArray<string | undefined>;
	readonly fields: Fields<CustomerField>;
}

/** Rows with one customer each, already summarised: orders, first and last order, spend. */
export function readCustomers(
	rows: readonly unknown[],
	settings: CustomerInputSettings,
): CustomerInput {
	const table = rows.map((row): Row => (isRow(row) ? row : {}));
	const fields = customerFields(table, settings.fields ?? {});
	const at = (row: Row, field: CustomerField): unknown => {
		const path = fields[field];
		return path === undefined ? undefined : fieldAt(row, path);
	};
	const dateOrder =
		settings.dateOrder ??
		dateOrderOf(table.flatMap((row) => [at(row, 'firstOrder'), at(row, 'lastOrder')]));
	const decimal = decimalSignOf(table.map((row) => at(row, 'spend')));
	const chosenId = (settings.fields?.customer ?? '') !== '';
	const contacts = table.map((row): Contact => {
		const email = textOf(at(row, 'email'))?.toLowerCase();
		return {
			email: email?.includes('@') === true ? email : null,
			customerId: textOf(at(row, 'customer')) ?? null,
			name: textOf(at(row, 'name')) ?? null,
		};
	});
	return {
		customers: table.map((row, place) => {
			const { email, customerId } = contacts[place];
			const spend = at(row, 'spend');
			const last = readTableDate(at(row, 'lastOrder'), dateOrder) ?? '';
			const transactions = readTableAmount(at(row, 'orders'), 'point');
			const first = readTableDate(at(row, 'firstOrder'), dateOrder);
			return {
				customer: (chosenId ? customerId : (email ?? customerId)) ?? '',
				transactions,
				firstDate: first ?? (transactions === 1 ? last : ''),
				lastDate: last,
				spend: spend === undefined ? undefined : readTableAmount(spend, decimal),
			};
		}),
		contacts,
		referrals: table.map((row) => Math.max(0, readTableAmount(at(row, 'referrals'), 'point') || 0)),
		groups: table.map((row) => textOf(at(row, 'group'))),
		fields,
	};
}
