/**
 * Measuring two things against each other. Absolute times say more about the machine than about the code, so every figure here is a
 * ratio of two measurements taken in turns within one run.
 */
import { performance } from 'node:perf_hooks';

const median = (values) => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

let sink;

/** Milliseconds for `times` calls. What a call gives is kept, so that the compiler cannot leave the work out. */
async function timed(work, times) {
	const since = performance.now();
	for (let call = 0; call < times; call++) {
		const result = work();
		sink = result instanceof Promise ? await result : result;
	}
	return performance.now() - since;
}

/** How many calls fill about `ms` milliseconds. */
async function callsFor(work, ms) {
	for (let times = 1; ; times *= 2) {
		const took = await timed(work, times);
		if (took >= ms / 2) return Math.max(1, Math.round((times * ms) / took));
	}
}

/** Milliseconds a call, median of `rounds` rounds of about `ms` milliseconds each, after a warm-up. */
export async function measure(work, { rounds = 7, ms = 100 } = {}) {
	const times = await callsFor(work, ms);
	const samples = [];
	for (let round = 0; round < rounds; round++) samples.push((await timed(work, times)) / times);
	return median(samples);
}

/**
 * Measures `ours` and `theirs` in turns, so that whatever else the machine does hits both.
 *
 * @returns milliseconds a call of each, and the median of the ratios ours / theirs of the rounds
 */
export async function compare(ours, theirs, { rounds = 9, ms = 100 } = {}) {
	const counts = [await callsFor(ours, ms), await callsFor(theirs, ms)];
	const pairs = [];
	for (let round = 0; round < rounds; round++) {
		pairs.push([
			(await timed(ours, counts[0])) / counts[0],
			(await timed(theirs, counts[1])) / counts[1],
		]);
	}
	return {
		ours: median(pairs.map(([a]) => a)),
		theirs: median(pairs.map(([, b]) => b)),
		ratio: median(pairs.map(([a, b]) => a / b)),
	};
}

/** What the last measured call gave: read by nobody, but it might be. */
export const lastResult = () => sink;
