/**
 * Says what a long step is doing: on a terminal one line that changes, elsewhere (CI logs) a line every 20 seconds, so that a
 * wait of minutes never looks like a hang.
 */
export function progressOf(out = process.stdout) {
	const startedAt = Date.now();
	const live = out.isTTY === true;

	const clock = (since) => {
		const seconds = Math.round((Date.now() - since) / 1000);
		return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	};

	return {
		line(text) {
			out.write(`${text}\n`);
		},
		/** Runs `work` and meanwhile reports `describe()` (may be async) with the time elapsed. */
		async step(title, work, describe = () => '') {
			const since = Date.now();
			out.write(`${live ? '' : `[${clock(startedAt)}] `}${title} …\n`);
			let busy = false;
			const tick = async () => {
				if (busy) return;
				busy = true;
				const detail = await describe();
				busy = false;
				if (finished) return;
				const text = `  ${clock(since)}${detail === '' ? '' : `  ${detail}`}`;
				out.write(live ? `\r\u001b[2K${text}` : `${text}\n`);
			};
			let finished = false;
			const timer = setInterval(() => void tick(), live ? 1000 : 20_000);
			try {
				return await work();
			} finally {
				finished = true;
				clearInterval(timer);
				out.write(`${live ? '\r\u001b[2K' : ''}  done in ${clock(since)}\n`);
			}
		},
	};
}

/** For callers that want no output. */
export const silent = {
	line() {},
	async step(_title, work) {
		return await work();
	},
};
