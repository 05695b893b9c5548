import type { OrderLine } from '../types';
import { firstText, isRow, numberOf, textOf } from './record';

/**
 * The lines of an order in a table: a list of objects, a list of names, JSON text of either, or names
 * separated by semicolons, bars or line breaks. Commas do not separate: product names hold them.
 */
export function readTableLines(value: unknown): OrderLine[] {
	if (Array.isArray(value)) return value.flatMap(readLine);
	const text = textOf(value);
	if (text === undefined) return [];
	if (text.startsWith('[')) {
		const list = parseList(text);
		if (list !== undefined) return list.flatMap(readLine);
	}
	return text.split(/[;|\n]/).flatMap(readLine);
}

function parseList(text: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}

function readLine(value: unknown): OrderLine[] {
	const name = textOf(value);
	if (name !== undefined) return [{ product: name }];
	if (!isRow(value)) return [];
	const product = firstText(
		value,
		'product_id',
		'productId',
		'sku',
		'product',
		'id',
		'name',
		'title',
	);
	if (product === undefined) return [];
	return [
		{
			product,
			name: firstText(value, 'product_name', 'productName', 'name', 'title', 'product'),
			category: firstText(value, 'category', 'product_type', 'productType', 'department'),
			quantity: numberOf(value.quantity ?? value.qty ?? 1),
			amount: firstText(value, 'total', 'amount', 'price'),
		},
	];
}
