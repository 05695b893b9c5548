/** Who is waiting to spend, by key: within one process they take turns instead of fighting for the lease. */
const lines = new Map<string, Promise<void>>();

/** Waits for the turn of these keys; gives the function that ends it. Keys must be sorted, so that nobody waits in a circle. */
export async function takeTurn(keys: readonly string[]): Promise<() => void> {
	const ends: Array<() => void> = [];
	for (const key of keys) {
		const before = lines.get(key) ?? Promise.resolve();
		let end = () => {};
		const turn = new Promise<void>((resolve) => {
			end = resolve;
		});
		const line = before.then(async () => await turn);
		lines.set(key, line);
		ends.push(() => {
			end();
			if (lines.get(key) === line) lines.delete(key);
		});
		await before;
	}
	return () => {
		for (const end of ends) end();
	};
}
