/**
 * Upper tail of the hypergeometric distribution: the one-sided p-value of Fisher's exact test for two
 * products being together in at least `together` of `total` baskets by chance, when one is in `first`
 * and the other in `second` of them (Fisher 1935).
 */
export class FisherTest {
	private readonly logFactorials: Float64Array;

	/** @param total number of baskets */
	constructor(private readonly total: number) {
		this.logFactorials = new Float64Array(total + 1);
		for (let n = 2; n <= total; n++) {
			this.logFactorials[n] = this.logFactorials[n - 1] + Math.log(n);
		}
	}

	/** P(at least `together` baskets hold both), between 0 and 1. */
	probabilityOfAtLeast(together: number, first: number, second: number): number {
		const most = Math.min(first, second);
		const least = Math.max(0, first + second - this.total);
		if (together <= least) return 1;
		if (together > most) return 0;
		let term = Math.exp(
			this.logChoose(first, together) +
				this.logChoose(this.total - first, second - together) -
				this.logChoose(this.total, second),
		);
		let sum = term;
		for (let count = together; count < most; count++) {
			term *=
				((first - count) * (second - count)) /
				((count + 1) * (this.total - first - second + count + 1));
			sum += term;
			// Terms past the mode fall ever faster, so the rest no longer shows in the sum.
			if (term < sum * 1e-17) break;
		}
		return Math.min(1, sum);
	}

	private logChoose(n: number, k: number): number {
		return this.logFactorials[n] - this.logFactorials[k] - this.logFactorials[n - k];
	}
}
