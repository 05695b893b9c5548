/** Confidence of an interval: how often intervals made this way hold the true value. */
export type Confidence = 0.9 | 0.95 | 0.99;

/** Two-sided standard normal quantiles, z(1 − (1 − confidence) / 2). */
const NORMAL: Readonly<Record<Confidence, number>> = {
	0.9: 1.6448536269514722,
	0.95: 1.959963984540054,
	0.99: 2.5758293035489004,
};

/** Two-sided standard normal quantile for a confidence. */
export function normalQuantile(confidence: Confidence): number {
	return NORMAL[confidence];
}

/**
 * Two-sided Student t quantile for a confidence, by the Cornish-Fisher expansion of Abramowitz &
 * Stegun 26.7.5. Off by less than 1e-4 from 10 degrees of freedom on and by less than 1e-6 from 30;
 * callers need at least 10.
 */
export function studentQuantile(confidence: Confidence, degreesOfFreedom: number): number {
	const z = NORMAL[confidence];
	const z2 = z * z;
	const terms = [
		(z * (z2 + 1)) / 4,
		(z * ((5 * z2 + 16) * z2 + 3)) / 96,
		(z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384,
		(z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92160,
	];
	return terms.reduce((sum, term, index) => sum + term / degreesOfFreedom ** (index + 1), z);
}
