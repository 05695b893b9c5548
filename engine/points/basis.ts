import type { Order, OrderLine } from '../event';
import { allocate } from '../money';
import type { PreparedProgram } from '../program';
import { coversLine } from './scope';

/** What counts of one order line, in minor units of the order's currency. */
export interface LineBasis {
	readonly line: OrderLine;
	readonly amount: number;
	/** What the customer paid for it, tax included, of what the programme counts: what a refund of it is measured against. */
	readonly gross: number;
}

export interface OrderBasis {
	readonly lines: readonly LineBasis[];
	/** Shipping, where the programme counts it. */
	readonly shipping: number;
	/** Lines and shipping that count. */
	readonly total: number;
	/**
	 * What the customer paid for goods, and for shipping where it counts, tax included: in money, or however, as the programme
	 * counts. Never more than the order's total.
	 */
	readonly paid: number;
	/** What was paid by gift card, store credit or points and does not count therefore. */
	readonly creditPaid: number;
}

/**
 * What part of an order counts (rule 11): per line the price after all discounts, without tax, shipping, gift cards bought
 * and the part paid by gift card, store credit or points, each as the programme's switches say. Excluded goods and
 * negative lines count nothing. The part paid by credit is spread over goods and shipping by value, exactly.
 */
export function orderBasis(order: Order, program: PreparedProgram): OrderBasis {
	const { basis } = program.program;
	const grosses = order.lines.map((line) => Math.max(0, line.net + line.tax));
	const shippingGross = Math.max(0, order.shipping.net + order.shipping.tax);
	const credit = Math.max(
		0,
		order.paidByCredit.giftCard + order.paidByCredit.storeCredit + order.paidByCredit.points,
	);
	const charged = grosses.reduce((sum, gross) => sum + gross, shippingGross);
	const byCredit =
		credit === 0 ? null : allocate(Math.min(credit, charged), [...grosses, shippingGross]);
	const lines = order.lines.map((line, index) => {
		const paid = grosses[index] - (byCredit?.[index] ?? 0);
		return {
			line,
			amount: lineAmount(line, paid, program),
			gross: basis.excludePaidByCredit ? paid : grosses[index],
		};
	});
	const shippingPaid = basis.excludePaidByCredit
		? shippingGross - (byCredit?.[order.lines.length] ?? 0)
		: shippingGross;
	const shipping = basis.excludeShipping
		? 0
		: counted(order.shipping.net, order.shipping.tax, shippingPaid, basis);
	const paid = lines.reduce(
		(sum, line) => sum + line.gross,
		basis.excludeShipping ? 0 : shippingPaid,
	);
	// Shops round taxes and cash, so the parts may come to more than was ever charged; and nobody can be paid back more than that.
	const neverCharged = Math.max(0, charged - order.total);
	return {
		lines,
		shipping,
		total: lines.reduce((sum, line) => sum + line.amount, shipping),
		paid: paid - neverCharged,
		creditPaid: basis.excludePaidByCredit ? Math.min(credit, charged) : 0,
	};
}

function lineAmount(line: OrderLine, paid: number, program: PreparedProgram): number {
	const { basis } = program.program;
	if (basis.excludeGiftCardLines && line.giftCard) return 0;
	if (!program.exclusions.isWholeOrder && coversLine(program.exclusions, line)) return 0;
	return counted(line.net, line.tax, paid, basis);
}

/** Of a price, what the switches leave: its part without tax is taken from what was paid in money, in proportion. */
function counted(
	net: number,
	tax: number,
	paidInMoney: number,
	basis: { readonly excludeTax: boolean; readonly excludePaidByCredit: boolean },
): number {
	const gross = net + tax;
	if (gross <= 0) return 0;
	const paid = basis.excludePaidByCredit ? paidInMoney : gross;
	if (!basis.excludeTax || tax === 0) return paid;
	if (paid === gross) return Math.max(0, net);
	return Math.max(0, Number((BigInt(paid) * BigInt(net)) / BigInt(gross)));
}
