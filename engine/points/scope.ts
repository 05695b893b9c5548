import type { OrderLine } from '../event';
import { folded, type PreparedScope } from '../program';

/** How specific a match is: the more specific claims the line (rule 13). */
export type Specificity = 'product' | 'category' | 'order';

/**
 * Whether a scope covers a line, and how specifically: by product, variant or SKU; by category or tag; or because it means
 * the whole order. Null when it does not.
 */
export function coversLine(scope: PreparedScope, line: OrderLine): Specificity | null {
	if (scope.isWholeOrder) return 'order';
	const { productId, variantId, sku } = line;
	const { products, skus } = scope;
	if (products.size > 0) {
		if (productId !== null && products.has(folded(productId))) return 'product';
		if (variantId !== null && products.has(folded(variantId))) return 'product';
	}
	if (skus.size > 0 && sku !== null && skus.has(folded(sku))) return 'product';
	if (
		scope.categories.size > 0 &&
		line.categories.some((name) => scope.categories.has(folded(name)))
	)
		return 'category';
	if (scope.tags.size > 0 && line.tags.some((name) => scope.tags.has(folded(name))))
		return 'category';
	return null;
}
