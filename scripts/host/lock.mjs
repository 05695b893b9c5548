import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const isAlive = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
};

/**
 * Runs `work` while this process alone holds `<dir>/<name>.lock`. A lock left by a process that is gone is taken over; a live
 * one is waited for (`onWait(pid)` is called once).
 */
export async function withLock(dir, name, work, { onWait = () => {}, pollMs = 500 } = {}) {
	const file = path.join(dir, `${name}.lock`);
	await mkdir(dir, { recursive: true });
	let told = false;
	for (;;) {
		try {
			const handle = await open(file, 'wx');
			await handle.writeFile(String(process.pid));
			await handle.close();
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const holder = Number(await readFile(file, 'utf8').catch(() => ''));
		// An empty file is a lock being written this very moment: look again before calling it abandoned.
		if (holder > 0 && !isAlive(holder)) {
			await rm(file, { force: true });
			continue;
		}
		if (!told && holder > 0) {
			onWait(holder);
			told = true;
		}
		await sleep(pollMs);
	}
	const release = () => rm(file, { force: true });
	try {
		return await work();
	} finally {
		await release();
	}
}
