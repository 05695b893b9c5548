import type { OrderLine } from '../event';
import { folded, type PreparedScope } from '../program';

/** How specific a match is: of two, the higher one claims the line (rule 13). */
export const Specificity = { none: 0, order: 1, category: 2, product: 3 } as const;
export type Specificity = (typeof Specificity)[keyof typeof Specificity];

/**
 * Whether a scope covers a line, and how specifically: by product, variant or SKU; by category or tag; or because it means
 * the whole order.
 */
export function specificityOn(scope: PreparedScope, line: OrderLine): Specificity {
	if (scope.isWholeOrder) return Specificity.order;
	const { productId, variantId, sku } = line;
	const { products, skus, categories, tags } = scope;
	if (products.size > 0) {
		if (productId !== null && products.has(folded(productId))) return Specificity.product;
		if (variantId !== null && products.has(folded(variantId))) return Specificity.product;
	}
	if (skus.size > 0 && sku !== null && skus.has(folded(sku))) return Specificity.product;
	if (categories.size > 0 && line.categories.some((name) => categories.has(folded(name))))
		return Specificity.category;
	if (tags.size > 0 && line.tags.some((name) => tags.has(folded(name))))
		return Specificity.category;
	return Specificity.none;
}

/** Whether a scope covers a line. */
export function coversLine(scope: PreparedScope, line: OrderLine): boolean {
	return specificityOn(scope, line) !== Specificity.none;
}
