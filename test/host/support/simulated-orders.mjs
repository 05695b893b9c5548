const DAY_MS = 86_400_000;

/**
 * Two years of orders up to now of customers who buy at their own rate and leave at their own chance; every fifth spends much but
 * seldom: `{ id, email, at, total }`. The same seed gives the same shop, moved to today.
 */
export function simulatedOrders(customers, seed = 5) {
	const next = stream(seed);
	const orders = [];
	for (let customer = 0; customer < customers; customer++) {
		const whale = customer % 5 === 0;
		const leaving = whale ? 0.4 : next() ** 1.5;
		const gap = 10 - 50 * Math.log(next());
		let day = next() * 600;
		do {
			orders.push({
				id: orders.length + 1,
				email: `c${customer}@example.com`,
				at: Date.now() - (729 - day) * DAY_MS,
				total: ((whale ? 500 : 30) * (0.7 + 0.6 * next())).toFixed(2),
			});
			day -= gap * Math.log(next());
		} while (next() > leaving && day < 729);
	}
	return orders;
}

/** A reproducible stream of numbers in (0, 1): mulberry32. */
function stream(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
	};
}

/** An order as WooCommerce's REST API gives it, as far as reports need it. */
export function wooCommerceOrder({ id, email, at, total }) {
	return {
		id,
		status: 'completed',
		currency: 'EUR',
		date_created_gmt: new Date(at).toISOString().slice(0, 19),
		total,
		customer_id: 0,
		billing: { first_name: 'Cleo', last_name: 'Example', email },
		line_items: [{ product_id: 1, name: 'Coffee', quantity: 1, total }],
		refunds: [],
	};
}

/** An order as Shopify's REST Admin API gives it. */
export function shopifyAdminOrder({ id, email, at, total }) {
	return {
		id,
		email,
		created_at: new Date(at).toISOString(),
		currency: 'EUR',
		financial_status: 'paid',
		total_price: total,
		current_total_price: total,
		customer: { id: 7, first_name: 'Cleo', last_name: 'Example' },
		line_items: [],
	};
}

/** Answers a list page by page as both platforms do: with links to the next page, and to the one before, which comes first. */
export function paged(list, size, wrap) {
	return (call) => {
		const page = Number(call.query.page ?? call.query.page_info ?? 1);
		const link = (number, rel) => {
			const url = new URL(call.url);
			url.search = '';
			url.searchParams.set('page', number);
			url.searchParams.set('page_info', number);
			return `<${url.href}>; rel="${rel}"`;
		};
		const links = [
			...(page > 1 ? [link(page - 1, 'previous')] : []),
			...(page * size < list.length ? [link(page + 1, 'next')] : []),
			'<https://shop.example.com/wp-json/>; rel="https://api.w.org/"',
		];
		return {
			headers: { link: links.join(', ') },
			json: wrap(list.slice((page - 1) * size, page * size)),
		};
	};
}
