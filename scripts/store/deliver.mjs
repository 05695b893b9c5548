import { setTimeout as sleep } from 'node:timers/promises';

/** Sends one delivery; gives `{ status, text, json, ms }`, or `{ status: 0, text: <reason> }` when nobody answered. */
export async function deliver(
	url,
	{ text, headers, method = 'POST' },
	{ timeoutMs = 60_000 } = {},
) {
	const since = performance.now();
	try {
		const answer = await fetch(url, {
			method,
			headers,
			body: text,
			signal: AbortSignal.timeout(timeoutMs),
		});
		const body = await answer.text();
		let json;
		try {
			json = JSON.parse(body);
		} catch {
			json = undefined;
		}
		return { status: answer.status, text: body, json, ms: performance.now() - since };
	} catch (error) {
		return {
			status: 0,
			text: error.cause?.message ?? error.message,
			json: undefined,
			ms: performance.now() - since,
		};
	}
}

/**
 * Sends a delivery again until it is answered 2xx, as a store does after a fault, a hang-up or silence. Gives the last answer
 * with `tries`; gives up after `deadlineMs`, or once `signal` is aborted.
 */
export async function deliverUntilTaken(
	url,
	delivery,
	{ pauseMs = 250, timeoutMs = 15_000, deadlineMs = 600_000, signal } = {},
) {
	const until = Date.now() + deadlineMs;
	for (let tries = 1; ; tries++) {
		const answer = await deliver(url, delivery, { timeoutMs });
		if (answer.status >= 200 && answer.status < 300) return { ...answer, tries };
		if (Date.now() > until || signal?.aborted === true) return { ...answer, tries };
		await sleep(pauseMs);
	}
}

/** Runs `work` over all items, `width` at a time, and keeps the order of the results. */
export async function inParallel(items, width, work) {
	const results = new Array(items.length);
	let next = 0;
	const worker = async () => {
		while (next < items.length) {
			const index = next++;
			results[index] = await work(items[index], index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
	return results;
}
