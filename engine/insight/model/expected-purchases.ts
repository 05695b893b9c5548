/** Terms of the series up to this many; beyond, quadrature is faster. */
const LONGEST_SERIES = 1_500;
const TINY = 1e-300;

/**
 * Expected number of purchases within a time for a customer who is still one now:
 *
 *   ∫₀¹ Beta(p; a, b) · (1 − (1 + p·τ)^−k) / p dp,   τ = t / (alpha + T),   k = r + x.
 *
 * Without leaving, the number N of purchases is negative binomial with exponent k and z = τ / (1 + τ), and the customer
 * is still there for purchase j + 1 with probability E[(1 − p)^j]; so the integral is the sum over j of
 * P(N > j) · (b)_j / (a + b)_j. All terms are positive and there is no pole at a = 1 or a + b + x = 1, where the closed
 * form with ₂F₁ (Fader, Hardie & Lee 2005) subtracts infinities. Where the sum would be long, quadrature takes over.
 */
export function expectedPurchasesWhenAlive(k: number, tau: number, a: number, b: number): number {
	if (!(tau > 0)) return 0;
	const stretch = Math.log1p(tau);
	const mean = k * tau;
	const spread = Math.sqrt(mean * (1 + tau));
	const terms = mean + 12 * spread + 40 * (1 + tau);
	if (k * stretch > 650 || terms > LONGEST_SERIES) return byQuadrature(k, tau, a, b);

	const z = tau / (1 + tau);
	let probability = Math.exp(-k * stretch);
	let more = -Math.expm1(-k * stretch);
	let still = 1;
	let sum = more;
	for (let j = 1; j < 4 * LONGEST_SERIES; j++) {
		probability *= (z * (k + j - 1)) / j;
		more -= probability;
		still *= (b + j - 1) / (a + b + j - 1);
		if (!(more > 0)) break;
		const term = more * still;
		sum += term;
		// From here on the tail falls at least as fast as a geometric series with this ratio.
		const ratio = z * Math.max(1, (k + j) / (j + 1));
		if (ratio < 1 && term * (1 / (1 - ratio)) < 1e-15 * sum) break;
	}
	return sum;
}

/**
 * The same by the trapezoidal rule in v, where ln [p / (1 − p)] = centre + width · sinh v: the double exponential
 * transformation of Takahasi & Mori (1974) copes with both ends of the beta density however slowly they fall.
 * The density is normalised by its own sum, so no log-gamma of large arguments is needed. The step is halved until
 * the value stands.
 */
function byQuadrature(k: number, tau: number, a: number, b: number): number {
	// The peak of p^a (1 − p)^b in the logit, and its width there.
	const centre = Math.log(a / b);
	const width = Math.min(1, Math.sqrt(1 / a + 1 / b));
	const peak = logDensity(centre, a, b);
	let density = 0;
	let weighted = 0;
	const addAt = (v: number): boolean => {
		const logit = centre + width * Math.sinh(v);
		const log = logDensity(logit, a, b) - peak;
		const weight = Math.exp(log) * Math.cosh(v);
		if (!(weight > 0)) return false;
		const p = logit < 0 ? Math.exp(logit) / (1 + Math.exp(logit)) : 1 / (1 + Math.exp(-logit));
		density += weight;
		weighted += weight * (p < TINY ? k * tau : -Math.expm1(-k * Math.log1p(p * tau)) / p);
		return log > -45 - Math.log(Math.cosh(v));
	};

	let step = 0.25;
	addAt(0);
	for (let i = 1; addAt(i * step); i++);
	for (let i = 1; addAt(-i * step); i++);
	let value = weighted / density;
	let agreed = 0;
	for (let halving = 0; halving < 9; halving++) {
		for (let i = 0; addAt((i + 0.5) * step); i++);
		for (let i = 0; addAt(-(i + 0.5) * step); i++);
		step /= 2;
		const finer = weighted / density;
		agreed = Math.abs(finer - value) <= 1e-12 * Math.abs(finer) ? agreed + 1 : 0;
		value = finer;
		if (agreed === 2) break;
	}
	return value;
}

/** a ln p + b ln (1 − p) with p given by its logit. */
function logDensity(logit: number, a: number, b: number): number {
	return logit < 0
		? a * logit - (a + b) * Math.log1p(Math.exp(logit))
		: -b * logit - (a + b) * Math.log1p(Math.exp(-logit));
}
