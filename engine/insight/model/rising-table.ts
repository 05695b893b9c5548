import { digamma, logRisingFactorial } from './log-gamma';

const LOOP_UP_TO = 64;

/**
 * For ascending whole numbers n, fills `log` with ln [z (z + 1) … (z + n − 1)] and `slope` with its derivative by z.
 * Neighbouring entries share their factors, so a table up to n costs n logarithms and no log-gamma.
 */
export function fillRisingTable(
	z: number,
	n: Float64Array,
	log: Float64Array,
	slope: Float64Array,
): void {
	let reached = 0;
	let sum = 0;
	let harmonic = 0;
	for (let k = 0; k < n.length; k++) {
		const gap = n[k] - reached;
		if (gap > LOOP_UP_TO) {
			sum += logRisingFactorial(z + reached, gap);
			harmonic += digamma(z + n[k]) - digamma(z + reached);
			reached = n[k];
		}
		for (; reached < n[k]; reached++) {
			sum += Math.log(z + reached);
			harmonic += 1 / (z + reached);
		}
		log[k] = sum;
		slope[k] = harmonic;
	}
}
