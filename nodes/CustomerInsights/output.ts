import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

/** Items of the first output and the one item of the second. */
export interface OperationOutput {
	readonly items: INodeExecutionData[];
	readonly summary: INodeExecutionData;
}

/** Links to input items by their places. */
export function linkTo(places: readonly number[]): IPairedItemData[] {
	return places.map((item) => ({ item }));
}

/** Links to all of so many input items: what sums them up belongs to each. */
export function linkToAll(count: number): IPairedItemData[] {
	return Array.from({ length: count }, (_, item) => ({ item }));
}

/** The number rounded to so many decimals; null for "not known". */
export function rounded(value: number, decimals: number): number | null {
	if (!Number.isFinite(value)) return null;
	const scale = 10 ** decimals;
	return Math.round(value * scale) / scale;
}

/** Only the named fields, in their order. */
export function pick(json: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, json[name] ?? null]));
}
