import { formatMinor, parseMinor } from '../money';
import type { Reason, Result } from '../result';
import { success } from '../result';

/**
 * Collects the amounts of one body in one currency. Readers add dozens of fields; the first one that is no exact
 * amount decides the outcome, so they read on with 0 and ask for `fault` once at the end.
 */
export class Amounts {
	private readonly faults: Reason[];

	constructor(
		readonly currency: string,
		/** What the amounts belong to, for messages: "Shopify order #1001". */
		private readonly subject: string,
		faults: Reason[] = [],
	) {
		this.faults = faults;
	}

	/** Why the body cannot be used, null while all amounts were exact. */
	get fault(): Reason | null {
		return this.faults[0] ?? null;
	}

	/** The same body in another currency, for the payments of customers who pay in theirs. Faults are shared. */
	in(currency: string): Amounts {
		return new Amounts(currency, this.subject, this.faults);
	}

	/** States why the body cannot be used; the first reason stays. */
	refuse(code: string, why: string): void {
		if (this.faults.length === 0) this.faults.push({ code, message: `${this.subject}: ${why}` });
	}

	/** The amount in minor units, null where the shop sent nothing ("" and null included). */
	optional(value: unknown, name: string): number | null {
		if (value === undefined || value === null || value === '') return null;
		const parsed = this.parse(value);
		if (parsed.ok) return parsed.value;
		this.refuse(parsed.reason.code, `${name} cannot be read. ${parsed.reason.message}`);
		return 0;
	}

	/** As `optional`, with 0 for nothing. */
	read(value: unknown, name: string): number {
		return this.optional(value, name) ?? 0;
	}

	/** A sum of amounts; beyond the safe integers it is a fault of the body, not a rounded number. */
	sum(parts: readonly number[], name: string): number {
		let total = 0;
		for (const part of parts) total += part;
		if (!Number.isSafeInteger(total)) {
			this.refuse('amountTooLarge', `${name} is larger than any order can be. Check the amounts.`);
			return 0;
		}
		return total;
	}

	/** A total below zero is no order that a customer placed: points must not be counted from its lines. */
	refuseNegative(amount: number, name: string): void {
		if (amount < 0) {
			this.refuse(
				'amountNegative',
				`${name} is negative (${formatMinor(amount, this.currency)} ${this.currency}). Correct the order in the shop.`,
			);
		}
	}

	private parse(value: unknown): Result<number> {
		if (typeof value === 'number') {
			return parseMinor(withoutNoise(value), this.currency);
		}
		if (typeof value === 'string')
			return value.trim() === '' ? success(0) : parseMinor(value, this.currency);
		return parseMinor(typeof value, this.currency);
	}
}

/**
 * A JSON number that went through binary arithmetic in the shop (16.200000000000003) as the decimal it stands for.
 * Eight places keep every real digit of every currency and drop what is below a float's own precision.
 */
function withoutNoise(value: number): string {
	return Math.abs(value) < 1e9 ? value.toFixed(8) : String(value);
}
