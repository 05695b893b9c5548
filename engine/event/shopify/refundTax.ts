import type { Amounts } from '../amounts';
import type { Body } from '../body';
import { numberAt, objectAt, objectsAt } from '../body';
import { readWithheld } from './adjustment';
import type { PricedLine } from './refundLine';
import type { RefundedShipping } from './refundShipping';

/** What a refund says about prices and money, minor units. */
export interface PricedRefund {
	readonly body: Body;
	readonly lines: readonly PricedLine[];
	readonly shipping: RefundedShipping;
	/** What was paid back for goods and shipping. */
	readonly amount: number;
}

/**
 * Whether the prices of a refund that comes alone include tax; inside its order the order says so. Where neither rates nor
 * money tell, tax counts as coming on top.
 */
export function includesTax(amounts: Amounts, refund: PricedRefund): boolean {
	return includedByRate(refund.lines) ?? includedByMoney(amounts, refund);
}

/**
 * What the rates show that Shopify repeats with each line: at a rate r, the tax on a price p is p × r ÷ (1 + r) if the price
 * includes it and p × r if it does not. Null where that tells nothing (no rates, no tax, amounts of a few cents) or the lines
 * disagree.
 */
function includedByRate(lines: readonly PricedLine[]): boolean | null {
	const found = new Set<boolean>();
	for (const { body, subtotal, tax } of lines) {
		const taxLines = objectsAt(objectAt(body, 'line_item'), 'tax_lines');
		const rate = taxLines.reduce((sum, taxLine) => sum + (numberAt(taxLine, 'rate') ?? 0), 0);
		if (rate <= 0 || tax <= 0) continue;
		// Each tax of a line is rounded by itself, and once more for the part of the line that came back.
		const isAbout = (expected: number) => Math.abs(tax - expected) <= taxLines.length + 1;
		const within = isAbout((subtotal * rate) / (1 + rate));
		const onTop = isAbout(subtotal * rate);
		if (within !== onTop) found.add(within);
	}
	return found.size === 1 ? found.has(true) : null;
}

/**
 * What the money shows: the worth of the refund, which is what was paid back, or that and what the shop withheld, comes to the
 * prices as they are or to the prices and tax.
 */
function includedByMoney(
	amounts: Amounts,
	{ body, lines, shipping, amount }: PricedRefund,
): boolean {
	const worths = [amount, amount + readWithheld(amounts, body)];
	const prices = lines.map(({ subtotal }) => subtotal);
	const taxes = lines.map(({ tax }) => tax);
	return (
		worths.includes(amounts.sum([...prices, shipping.within], 'the refund')) &&
		!worths.includes(amounts.sum([...prices, ...taxes, shipping.onTop], 'the refund'))
	);
}
