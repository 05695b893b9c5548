/**
 * What the services that the templates talk to answer, as far as their documented success and error bodies matter to n8n's
 * own nodes. `answer(call, memory)` gives `{ status?, headers?, json | text }`; `memory` is a Map of the service's own, so
 * that a contact created is found again. `failure(status)` is the error body in the service's own shape.
 */
const ok = (json, status = 200) => ({ status, json });

/** A number that stays the same for the same text: ids that do not change from run to run. */
function numberOf(text) {
	let hash = 7;
	for (const char of text) hash = (hash * 31 + char.codePointAt(0)) % 900_000_000;
	return 100_000_000 + hash;
}

const hubspot = {
	name: 'hubspot',
	hosts: /(^|\.)hubapi\.com$/,
	failure: (status) => ({
		status: 'error',
		message: `HubSpot is not available (${status})`,
		category: 'SERVICE_UNAVAILABLE',
		correlationId: '8f1c',
	}),
	answer(call, memory) {
		const upsert = /^\/contacts\/v1\/contact\/createOrUpdate\/email\/(.+)$/.exec(call.path);
		if (upsert !== null) {
			const email = decodeURIComponent(upsert[1]).replace(/\/$/, '').toLowerCase();
			const vid = numberOf(email);
			const isNew = !memory.has(vid);
			const properties = { ...(memory.get(vid) ?? {}), email };
			for (const { property, value } of call.body?.properties ?? []) properties[property] = value;
			memory.set(vid, properties);
			return ok({ vid, isNew });
		}
		const profile = /^\/contacts\/v1\/contact\/vid\/(\d+)\/profile$/.exec(call.path);
		if (profile !== null) {
			const vid = Number(profile[1]);
			const properties = Object.fromEntries(
				Object.entries(memory.get(vid) ?? {}).map(([name, value]) => [
					name,
					{ value: String(value), versions: [] },
				]),
			);
			return ok({
				vid,
				'canonical-vid': vid,
				'merged-vids': [],
				'portal-id': 62515,
				'is-contact': true,
				properties,
			});
		}
		if (call.path === '/crm/v3/objects/contacts/search') {
			const results = [...memory].map(([vid, properties]) => ({
				id: String(vid),
				properties,
				archived: false,
			}));
			return ok({ total: results.length, results });
		}
		if (
			call.path.startsWith('/crm/v3/objects/') ||
			call.path.startsWith('/crm-objects/v1/objects/')
		) {
			return ok(
				{
					id: String(numberOf(JSON.stringify(call.body ?? ''))),
					objectId: numberOf(call.path),
					properties: call.body?.properties ?? {},
				},
				201,
			);
		}
		return ok({ status: 'success', results: [] });
	},
};

const pipedrive = {
	name: 'pipedrive',
	hosts: /(^|\.)pipedrive\.com$/,
	failure: (status) => ({
		success: false,
		error: `Pipedrive is not available (${status})`,
		errorCode: status,
	}),
	answer(call, memory) {
		const kind =
			/\/(persons|deals|leads|notes|activities|organizations)(?=\/|$)/.exec(call.path)?.[1] ??
			'items';
		const one = new RegExp(`/${kind}/([\\w-]+)$`).exec(call.path)?.[1];
		if (one === 'search') {
			const term = (call.query.term ?? '').toLowerCase();
			const items = [...memory.values()]
				.filter(
					(entry) => entry.kind === kind && JSON.stringify(entry).toLowerCase().includes(term),
				)
				.map((item) => ({ result_score: 1, item }));
			return ok({
				success: true,
				data: { items },
				additional_data: { next_cursor: null, pagination: { more_items_in_collection: false } },
			});
		}
		if (call.method === 'POST' && one === undefined) {
			const id = memory.size + 1;
			const entry = { id, kind, add_time: '2026-01-05 10:00:00', ...call.body };
			memory.set(`${kind}/${id}`, entry);
			return ok({ success: true, data: entry }, 201);
		}
		if (one !== undefined) {
			const entry = {
				...(memory.get(`${kind}/${one}`) ?? { id: Number(one), kind }),
				...(call.method === 'GET' ? {} : call.body),
			};
			memory.set(`${kind}/${one}`, entry);
			return ok({ success: true, data: entry });
		}
		const all = [...memory.values()].filter((entry) => entry.kind === kind);
		return ok({
			success: true,
			data: all,
			additional_data: { next_cursor: null, pagination: { more_items_in_collection: false } },
		});
	},
};

const slack = {
	name: 'slack',
	hosts: /(^|\.)slack\.com$/,
	failure: (status) => ({ ok: false, error: 'service_unavailable', status }),
	answer(call, memory) {
		const count = memory.size + 1;
		if (call.path.endsWith('/chat.postMessage')) {
			const ts = `1767607200.${String(count).padStart(6, '0')}`;
			memory.set(ts, call.body);
			return ok({
				ok: true,
				channel: call.body?.channel,
				ts,
				message: { type: 'message', bot_id: 'B01', text: call.body?.text, ts },
			});
		}
		if (/hooks\.slack\.com/.test(call.url)) return { status: 200, text: 'ok' };
		return ok({ ok: true, channels: [{ id: 'C0LOYALTY', name: 'loyalty' }], members: [] });
	},
};

const telegram = {
	name: 'telegram',
	hosts: /^api\.telegram\.org$/,
	failure: (status) => ({ ok: false, error_code: status, description: 'Bad Gateway' }),
	answer(call, memory) {
		const message_id = memory.size + 1;
		memory.set(message_id, call.body);
		return ok({
			ok: true,
			result: {
				message_id,
				date: 1767607200,
				chat: { id: call.body?.chat_id, type: 'channel' },
				text: call.body?.text,
			},
		});
	},
};

const facebook = {
	name: 'facebook',
	hosts: /^graph(-video)?\.(facebook|instagram)\.com$/,
	failure: (status) => ({
		error: {
			message: 'Service temporarily unavailable',
			type: 'OAuthException',
			code: 2,
			fbtrace_id: `A${status}`,
		},
	}),
	answer: (call) =>
		ok({ id: `1234567890_${numberOf(call.path + JSON.stringify(call.body ?? call.query))}` }),
};

const shopify = {
	name: 'shopify',
	hosts: /\.myshopify\.com$/,
	failure: (status) => ({ errors: `Shopify is not available (${status})` }),
	answer(call, memory) {
		if (call.path.endsWith('/graphql.json')) {
			const { query = '', variables = {} } = call.body ?? {};
			if (/discountCodeBasicCreate/.test(query)) {
				const discount = variables.basicCodeDiscount ?? variables.input ?? {};
				const code = discount.code ?? /code:\s*"([^"]+)"/.exec(query)?.[1];
				if (memory.has(code)) {
					return ok({
						data: {
							discountCodeBasicCreate: {
								codeDiscountNode: null,
								userErrors: [
									{
										field: ['basicCodeDiscount', 'code'],
										code: 'TAKEN',
										message: 'Code must be unique. Please try a different code.',
									},
								],
							},
						},
					});
				}
				memory.set(code, discount);
				return ok({
					data: {
						discountCodeBasicCreate: {
							codeDiscountNode: {
								id: `gid://shopify/DiscountCodeNode/${numberOf(code ?? '')}`,
								codeDiscount: { title: discount.title, codes: { nodes: [{ code }] } },
							},
							userErrors: [],
						},
					},
					extensions: { cost: { requestedQueryCost: 10, actualQueryCost: 10 } },
				});
			}
			if (/codeDiscountNodeByCode/.test(query)) {
				const code = variables.code ?? /code:\s*"([^"]+)"/.exec(query)?.[1];
				const node = memory.has(code)
					? { id: `gid://shopify/DiscountCodeNode/${numberOf(code)}` }
					: null;
				return ok({ data: { codeDiscountNodeByCode: node } });
			}
			return ok({ data: {} });
		}
		const rule = /\/price_rules(\/(\d+)\/discount_codes)?\.json$/.exec(call.path);
		if (rule !== null) {
			const id = numberOf(JSON.stringify(call.body ?? ''));
			return rule[1] === undefined
				? ok({ price_rule: { id, ...call.body?.price_rule } }, 201)
				: ok(
						{ discount_code: { id, price_rule_id: Number(rule[2]), ...call.body?.discount_code } },
						201,
					);
		}
		const order = /\/orders\/(\d+)\.json$/.exec(call.path);
		if (order !== null) return ok({ order: { id: Number(order[1]), ...call.body?.order } });
		if (/\/orders\.json$/.test(call.path)) return ok({ orders: [] });
		if (/\/products\.json$/.test(call.path)) return ok({ products: [] });
		return ok({});
	},
};

const woocommerce = {
	name: 'woocommerce',
	hosts: /(^|\.)(woo|shop|store)[\w-]*\.example(\.com)?$/,
	failure: (status) => ({
		code: 'woocommerce_rest_unavailable',
		message: 'The shop is not available',
		data: { status },
	}),
	answer(call, memory) {
		if (/\/coupons$/.test(call.path) && call.method === 'POST') {
			const code = String(call.body?.code ?? '').toLowerCase();
			if (memory.has(code)) {
				return ok(
					{
						code: 'woocommerce_rest_coupon_code_already_exists',
						message: 'The coupon code already exists',
						data: { status: 400 },
					},
					400,
				);
			}
			const coupon = {
				id: numberOf(code),
				date_created: '2026-01-05T10:00:00',
				...call.body,
				code,
			};
			memory.set(code, coupon);
			return ok(coupon, 201);
		}
		if (/\/coupons$/.test(call.path)) {
			const found = memory.get(String(call.query.code ?? '').toLowerCase());
			return ok(found === undefined ? [] : [found]);
		}
		const one = /\/(orders|customers|products)\/(\d+)$/.exec(call.path);
		if (one !== null) return ok({ id: Number(one[2]), ...call.body });
		return ok([]);
	},
};

const zendesk = {
	name: 'zendesk',
	hosts: /\.zendesk\.com$/,
	failure: (status) => ({
		error: 'ServiceUnavailable',
		description: `Zendesk is not available (${status})`,
	}),
	answer(call, memory) {
		const id = memory.size + 1;
		memory.set(id, call.body);
		return ok(
			{
				ticket: {
					id,
					status: 'new',
					url: `https://example.zendesk.com/api/v2/tickets/${id}.json`,
					...call.body?.ticket,
				},
			},
			201,
		);
	},
};

const freshdesk = {
	name: 'freshdesk',
	hosts: /\.freshdesk\.com$/,
	failure: (status) => ({
		code: 'service_unavailable',
		message: `Freshdesk is not available (${status})`,
	}),
	answer(call, memory) {
		const id = memory.size + 1;
		memory.set(id, call.body);
		return ok(
			{ id, status: 2, priority: 1, created_at: '2026-01-05T10:00:00Z', ...call.body },
			201,
		);
	},
};

const github = {
	name: 'github',
	hosts: /^api\.github\.com$/,
	failure: (status) => ({ message: `Service unavailable (${status})` }),
	answer(call, memory) {
		const number = memory.size + 1;
		memory.set(number, call.body);
		return ok(
			{
				id: numberOf(String(number)),
				number,
				state: 'open',
				html_url: `https://github.example/issues/${number}`,
				...call.body,
			},
			201,
		);
	},
};

const mailchimp = {
	name: 'mailchimp',
	hosts: /\.api\.mailchimp\.com$/,
	failure: (status) => ({
		title: 'Service Unavailable',
		status,
		detail: 'Mailchimp is not available',
	}),
	answer: (call) => ok({ id: String(numberOf(call.path)), status: 'subscribed', ...call.body }),
};

const discord = {
	name: 'discord',
	hosts: /(^|\.)discord(app)?\.com$/,
	failure: (status) => ({ message: 'Service unavailable', code: status }),
	answer: (call) =>
		ok({ id: String(numberOf(JSON.stringify(call.body ?? ''))), content: call.body?.content }),
};

/** n8n's own look-ups (licence, banners, package lists): answered as "nothing here", and not counted as calls of a flow. */
export const n8nItself = {
	name: 'n8n',
	hosts: /(^|\.)n8n\.(io|cloud)$|(^|\.)posthog\.com$|(^|\.)sentry\.io$/,
	failure: () => ({}),
	answer: () => ({ status: 404, json: { message: 'not found' } }),
};

export const services = [
	hubspot,
	pipedrive,
	slack,
	telegram,
	facebook,
	shopify,
	woocommerce,
	zendesk,
	freshdesk,
	github,
	mailchimp,
	discord,
	n8nItself,
];
