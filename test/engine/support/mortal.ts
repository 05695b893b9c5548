import type { Ledger } from '../../../engine/ledger';

/**
 * A ledger as a process sees it that dies at its n-th call (from 0): before the call has had its effect, or right after.
 * Whatever the process would have done next, it does not do: unlocking neither.
 */
export function mortal(
	ledger: Ledger,
	dies: { readonly call: number; readonly after: boolean },
): Ledger {
	let calls = 0;
	let isDead = false;
	const die = () => {
		isDead = true;
		throw new Error('the process died');
	};
	return new Proxy(ledger, {
		get(target, name: keyof Ledger) {
			return async (...args: unknown[]) => {
				if (isDead) die();
				const isLast = calls === dies.call;
				calls += 1;
				if (isLast && !dies.after) die();
				const result: unknown = await (
					target[name] as (...given: unknown[]) => Promise<unknown>
				).apply(target, args);
				if (isLast) die();
				return result;
			};
		},
	});
}
