/**
 * A value, or the reason why there is none.
 *
 * Bad input is never an exception in the engine: it is a `Result` whose reason a shop owner understands.
 * `code` is stable and meant for Switch nodes and tests; `message` is a sentence that names the order,
 * member or field concerned and says what to do.
 */
export type Result<T> = Success<T> | Refusal;

export interface Success<T> {
	readonly ok: true;
	readonly value: T;
}

export interface Reason {
	readonly code: string;
	readonly message: string;
}

export interface Refusal {
	readonly ok: false;
	readonly reason: Reason;
}

/** Wraps a value as a success. */
export function success<T>(value: T): Success<T> {
	return { ok: true, value };
}

/** States why there is no value: a stable code and a sentence for the shop owner. */
export function refusal(code: string, message: string): Refusal {
	return { ok: false, reason: { code, message } };
}
