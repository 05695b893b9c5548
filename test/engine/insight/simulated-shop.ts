/** A reproducible stream of numbers in (0, 1): mulberry32. */
export function stream(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
	};
}

/** A gamma draw with the given shape and scale 1; Marsaglia & Tsang 2000. */
export function gammaDraw(next: () => number, shape: number): number {
	if (shape < 1) return gammaDraw(next, shape + 1) * next() ** (1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
		const v = (1 + c * normal) ** 3;
		if (v > 0 && Math.log(next()) < 0.5 * normal * normal + d - d * v + d * Math.log(v))
			return d * v;
	}
}

interface SimulatedShop {
	readonly customers: number;
	readonly r: number;
	readonly alpha: number;
	/** Chance to leave after each repeat transaction; null when nobody leaves. */
	readonly leaving: { readonly a: number; readonly b: number } | null;
	readonly seed: number;
}

/** Customers drawn from BG/NBD, in weeks rounded to days, observed for 10 to 80 weeks. */
export function simulatedShop({ customers, r, alpha, leaving, seed }: SimulatedShop) {
	const next = stream(seed);
	const x = new Float64Array(customers);
	const tx = new Float64Array(customers);
	const T = new Float64Array(customers);
	for (let i = 0; i < customers; i++) {
		const rate = gammaDraw(next, r) / alpha;
		const draw = leaving === null ? 0 : gammaDraw(next, leaving.a);
		const leave = leaving === null ? 0 : draw / (draw + gammaDraw(next, leaving.b));
		T[i] = Math.round(70 + 490 * next()) / 7;
		let at = 0;
		for (;;) {
			at += -Math.log(next()) / rate;
			if (at > T[i]) break;
			x[i]++;
			tx[i] = Math.round(at * 7) / 7;
			if (next() < leave) break;
		}
	}
	return { x, tx, T };
}

interface SimulatedOrders {
	readonly customers: number;
	/** Customers arrive evenly over this many days before the as-of day. */
	readonly days: number;
	/** Buying rate a day: gamma with shape r and rate alpha (days). */
	readonly r: number;
	readonly alpha: number;
	/** Chance to leave after every transaction, the first included; null when nobody leaves. */
	readonly leaving: { readonly a: number; readonly b: number } | null;
	readonly asOfDay: number;
	readonly seed: number;
}

/** Orders drawn from MBG/NBD, with amounts that do not depend on how often somebody buys. */
export function simulatedOrders(shop: SimulatedOrders) {
	const { customers, days, r, alpha, leaving, asOfDay, seed } = shop;
	const next = stream(seed);
	const orders: Array<{ customer: string; date: number; amount: number }> = [];
	for (let i = 0; i < customers; i++) {
		const rate = gammaDraw(next, r) / alpha;
		const draw = leaving === null ? 0 : gammaDraw(next, leaving.a);
		const leave = leaving === null ? 0 : draw / (draw + gammaDraw(next, leaving.b));
		const usualSpend = (60 * 3) / gammaDraw(next, 4);
		for (let day = asOfDay - days * next(); day < asOfDay + 1; day += -Math.log(next()) / rate) {
			const amount = (usualSpend * gammaDraw(next, 6)) / 6;
			orders.push({ customer: `c${i}`, date: Math.floor(day) * 86_400_000, amount });
			if (next() < leave) break;
		}
	}
	return orders;
}
