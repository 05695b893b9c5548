const HALF_LOG_TWO_PI = 0.918_938_533_204_672_7;
/** From here on the asymptotic series below are exact to the last digit. */
const ASYMPTOTIC_FROM = 9;

/** Tail of Stirling's series, ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π], for z ≥ 9. Abramowitz & Stegun 6.1.41. */
function stirlingTail(z: number): number {
	const w = 1 / (z * z);
	return (
		(1 / 12 -
			w *
				(1 / 360 -
					w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360_360 - w / 156)))))) /
		z
	);
}

/** ln Γ(z) for z > 0. */
export function logGamma(z: number): number {
	let product = 1;
	let shifted = z;
	while (shifted < ASYMPTOTIC_FROM) {
		product *= shifted;
		shifted++;
	}
	return (
		(shifted - 0.5) * Math.log(shifted) -
		shifted +
		HALF_LOG_TWO_PI +
		stirlingTail(shifted) -
		(product === 1 ? 0 : Math.log(product))
	);
}

/** ψ(z), the derivative of ln Γ, for z > 0. Abramowitz & Stegun 6.3.18. */
export function digamma(z: number): number {
	let sum = 0;
	let shifted = z;
	while (shifted < ASYMPTOTIC_FROM) {
		sum -= 1 / shifted;
		shifted++;
	}
	const w = 1 / (shifted * shifted);
	return (
		sum +
		Math.log(shifted) -
		0.5 / shifted -
		w *
			(1 / 12 -
				w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - w * (691 / 32_760 - w / 12))))))
	);
}

/**
 * ln [Γ(z + c) / Γ(z)] for z ≥ 9 and c ≥ 0, without the loss of digits that the difference of two large
 * log-gammas has: at z = 10⁸ that difference is wrong in the eighth digit, and a fit then climbs on noise.
 */
function logGammaStep(z: number, c: number): number {
	return (
		(z + c - 0.5) * Math.log1p(c / z) + c * Math.log(z) - c + stirlingTail(z + c) - stirlingTail(z)
	);
}

/** Up to this many factors are multiplied out. */
const SHORT = 32;

/** Log rising factorial, ln [z (z + 1) … (z + n − 1)], for z > 0 and whole n ≥ 0. */
export function logRisingFactorial(z: number, n: number): number {
	let sum = 0;
	const short = Math.min(n, SHORT);
	for (let i = 0; i < short; i++) sum += Math.log(z + i);
	return n > short ? sum + logGammaStep(z + short, n - short) : sum;
}

/**
 * ln of the product over i < n of (z + i) / (z + c + i): the log ratio of two rising factorials, for z > 0, c ≥ 0 and
 * whole n ≥ 0. This is ln [B(c, z + n) / B(c, z)].
 */
export function logRisingRatio(z: number, c: number, n: number): number {
	let sum = 0;
	const short = Math.min(n, SHORT);
	for (let i = 0; i < short; i++) sum -= Math.log1p(c / (z + i));
	return n > short ? sum + logGammaStep(z + short, c) - logGammaStep(z + n, c) : sum;
}

/** Sum over i < n of 1 / (z + i): the derivative of the log rising factorial by z. */
export function harmonicSpan(z: number, n: number): number {
	if (n > SHORT) return digamma(z + n) - digamma(z);
	let sum = 0;
	for (let i = 0; i < n; i++) sum += 1 / (z + i);
	return sum;
}
