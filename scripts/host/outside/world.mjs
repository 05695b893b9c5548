import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { n8nItself, services } from './services.mjs';

const unknown = {
	name: 'unknown',
	hosts: /^$/,
	failure: () => ({}),
	answer: (call) => ({
		status: 404,
		json: { message: `No answer is prepared for ${call.method} ${call.url}` },
	}),
};

/** The body as the service would read it: JSON, form fields, or text. */
function parsed(text, type = '') {
	if (text === '') return undefined;
	if (/json/.test(type) || /^[[{]/.test(text)) {
		try {
			return JSON.parse(text);
		} catch {
			return text;
		}
	}
	if (/x-www-form-urlencoded/.test(type)) return Object.fromEntries(new URLSearchParams(text));
	return text;
}

/** All that n8n's flows reach outside of this machine: records every call and answers as the service would. */
export class OutsideWorld {
	#server;
	#calls = [];
	#refused = [];
	#failures = new Map();
	#memories = new Map();
	#answers = new Map();

	async start() {
		this.#server = http.createServer((request, response) => void this.#handle(request, response));
		await new Promise((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(0, '127.0.0.1', resolve);
		});
		return this;
	}

	get port() {
		return this.#server.address().port;
	}

	async stop() {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	/**
	 * Calls in order: `{ service, method, url, path, query, headers, body, status }`. `status` is what was answered, so a
	 * call that a service refused can be told from one that it took. Calls of n8n itself are left out unless asked for.
	 */
	calls({ service, method, path, status } = {}) {
		return this.#calls.filter(
			(call) =>
				(service === undefined ? call.service !== n8nItself.name : call.service === service) &&
				(method === undefined || call.method === method) &&
				(path === undefined ||
					(path instanceof RegExp ? path.test(call.path) : call.path === path)) &&
				(status === undefined || call.status === status),
		);
	}

	/** Connections that went past every known way out and were refused (`host:port`). */
	refused() {
		return [...this.#refused];
	}

	/** Forgets calls, failures and what services remember. */
	reset() {
		this.#calls = [];
		this.#refused = [];
		this.#failures.clear();
		this.#memories.clear();
		this.#answers.clear();
	}

	/**
	 * Makes a service fail until `heal`: with a status, or by hanging up (`hangUp: true`); `times` limits it to so many calls.
	 */
	fail(service, { status = 503, hangUp = false, times = Infinity } = {}) {
		this.#failures.set(service, { status, hangUp, left: times });
	}

	heal(service) {
		this.#failures.delete(service);
	}

	/** Answers a service by `answer(call, memory)` instead of the prepared way; what gives undefined falls back to it. */
	answer(service, answer) {
		this.#answers.set(service, answer);
	}

	/** Waits until `count` calls match; gives them. */
	async until(count, filter, timeoutMs = 20_000) {
		const end = Date.now() + timeoutMs;
		for (;;) {
			const found = this.calls(filter);
			if (found.length >= count) return found;
			if (Date.now() > end)
				throw new Error(
					`${found.length} of ${count} calls came in ${timeoutMs / 1000} s: ${JSON.stringify(filter)}`,
				);
			await sleep(50);
		}
	}

	async #handle(request, response) {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const text = Buffer.concat(chunks).toString('utf8');
		if (request.url === '/__refused') {
			this.#refused.push(text);
			response.writeHead(204).end();
			return;
		}
		const url = new URL(request.headers['x-outside-url'] ?? `http://unknown${request.url}`);
		const service = services.find(({ hosts }) => hosts.test(url.hostname)) ?? unknown;
		const {
			'x-outside-url': _address,
			host: _host,
			connection: _connection,
			...headers
		} = request.headers;
		const call = {
			service: service.name,
			method: request.method,
			url: url.href,
			path: url.pathname,
			query: Object.fromEntries(url.searchParams),
			headers,
			body: parsed(text, headers['content-type']),
		};
		const failure = this.#failures.get(service.name);
		if (failure !== undefined && failure.left > 0) {
			failure.left -= 1;
			call.status = failure.hangUp ? 0 : failure.status;
			this.#calls.push(call);
			if (failure.hangUp) request.socket.destroy();
			else send(response, { status: failure.status, json: service.failure(failure.status) });
			return;
		}
		const memory = this.#memories.get(service.name) ?? new Map();
		this.#memories.set(service.name, memory);
		const answer = this.#answers.get(service.name)?.(call, memory) ?? service.answer(call, memory);
		call.status = answer.status ?? 200;
		this.#calls.push(call);
		send(response, answer);
	}
}

function send(response, { status = 200, headers = {}, json, text }) {
	const body = json === undefined ? (text ?? '') : JSON.stringify(json);
	response.writeHead(status, {
		'content-type':
			json === undefined ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
		'content-length': Buffer.byteLength(body),
		...headers,
	});
	response.end(body);
}

export async function startOutside() {
	return await new OutsideWorld().start();
}
