/** Enough for whatever was let go to come to its next pause. Fewer would only make other interleavings. */
const TICKS = 12;

/**
 * Lets runs come in between each other: whoever pauses waits until it is chosen, by chance that a seed repeats.
 */
export class Turns {
	private readonly waiting: Array<() => void> = [];

	constructor(private seed: number) {}

	readonly pause = async (): Promise<void> =>
		await new Promise((resolve) => {
			this.waiting.push(resolve);
		});

	/** Gives turns until all are done. */
	async all<T>(actions: ReadonlyArray<Promise<T>>): Promise<T[]> {
		let isDone = false;
		const result = Promise.all(actions).finally(() => {
			isDone = true;
		});
		// Whoever waits for the result gets its failure; here it must only not count as unheard of.
		result.catch(() => undefined);
		while (!isDone) {
			for (let tick = 0; tick < TICKS; tick += 1) await null;
			if (this.waiting.length > 0) this.waiting.splice(this.draw(this.waiting.length), 1)[0]();
		}
		return await result;
	}

	/** A whole number below `most` (mulberry32). */
	private draw(most: number): number {
		this.seed = (this.seed + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
	}
}
