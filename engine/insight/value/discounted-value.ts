/**
 * Present value of a growing expectation: the increase of `expectedUntil` in each period, discounted as if it came at the
 * end of that period. The last period may be a part of one.
 *
 * @param expectedUntil expected purchases from now until a time
 * @param period length of a period, in the unit of `expectedUntil`
 * @param periods how many periods the horizon has, whole or not
 * @param discount rate a period: 0.01 is 1 %
 */
export function discountedExpectation(
	expectedUntil: (time: number) => number,
	period: number,
	periods: number,
	discount: number,
): number {
	let value = 0;
	let before = 0;
	for (let i = 1; i < periods + 1 - 1e-9; i++) {
		const end = Math.min(i, periods);
		const until = expectedUntil(end * period);
		value += (until - before) / (1 + discount) ** end;
		before = until;
	}
	return value;
}
