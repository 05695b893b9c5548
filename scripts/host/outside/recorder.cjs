'use strict';
/**
 * Loaded into the n8n process before its own code (NODE_OPTIONS=--require). Every request to a host that is not this machine
 * goes to the recording stub on loopback instead (port in LOYALTY_OUTSIDE_PORT), with its true address in the header
 * `x-outside-url`; a connection that takes another way is refused and reported. So n8n's own nodes run unchanged, with their
 * own authentication and error handling, and the process reaches nobody.
 */
const dns = require('node:dns');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const { syncBuiltinESMExports } = require('node:module');

const stubPort = Number(process.env.LOYALTY_OUTSIDE_PORT);
const isLoopback = (host) =>
	host === undefined ||
	host === null ||
	host === '' ||
	/^(localhost|127(\.\d+){3}|::1|\[::1\]|0\.0\.0\.0|::)$/i.test(String(host));

const plainRequest = http.request;
const toStub = new http.Agent({ keepAlive: true });

/** Node's (url, options, callback) and (options, callback) in one shape. */
function argumentsOf(args) {
	let options = {};
	let callback;
	for (const argument of args) {
		if (typeof argument === 'function') callback = argument;
		else if (typeof argument === 'string' || argument instanceof URL) {
			const url = new URL(argument);
			options = {
				protocol: url.protocol,
				hostname: url.hostname,
				port: url.port,
				path: `${url.pathname}${url.search}`,
				...(url.username === ''
					? {}
					: { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
			};
		} else if (argument !== undefined && argument !== null) options = { ...options, ...argument };
	}
	return { options, callback };
}

function rerouted(original, protocol) {
	return function request(...args) {
		const { options, callback } = argumentsOf(args);
		const host = options.hostname ?? options.host;
		if (isLoopback(host) || options.socketPath) return original.apply(this, args);
		const scheme = options.protocol ?? protocol;
		const bare = String(host).replace(/:\d+$/, '');
		const port =
			options.port && ![80, 443].includes(Number(options.port)) ? `:${options.port}` : '';
		const outsideUrl = `${scheme}//${bare}${port}${options.path ?? '/'}`;
		const headers = Array.isArray(options.headers)
			? [...options.headers, 'x-outside-url', outsideUrl]
			: { ...options.headers, 'x-outside-url': outsideUrl };
		const { method, auth, timeout, signal, path, setHost, maxHeaderSize } = options;
		const next = { method, auth, timeout, signal, path, setHost, maxHeaderSize, headers };
		for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name];
		return plainRequest.call(
			http,
			{ ...next, protocol: 'http:', hostname: '127.0.0.1', port: stubPort, agent: toStub },
			callback,
		);
	};
}

function ended(request) {
	return function get(...args) {
		const started = request.apply(this, args);
		started.end();
		return started;
	};
}

const httpRequest = rerouted(http.request, 'http:');
const httpsRequest = rerouted(https.request, 'https:');
http.request = httpRequest;
http.get = ended(httpRequest);
https.request = httpsRequest;
https.get = ended(httpsRequest);

const plainFetch = globalThis.fetch;
globalThis.fetch = function fetch(input, init) {
	const request = new Request(input, init);
	const url = new URL(request.url);
	if (isLoopback(url.hostname)) return plainFetch(input, init);
	const headers = new Headers(request.headers);
	headers.set('x-outside-url', request.url);
	return plainFetch(`http://127.0.0.1:${stubPort}${url.pathname}${url.search}`, {
		method: request.method,
		headers,
		body: request.body,
		signal: request.signal,
		redirect: request.redirect,
		...(request.body === null ? {} : { duplex: 'half' }),
	});
};

function report(what) {
	const request = plainRequest.call(http, {
		method: 'POST',
		hostname: '127.0.0.1',
		port: stubPort,
		path: '/__refused',
		agent: toStub,
		headers: { 'content-type': 'text/plain' },
	});
	request.on('error', () => {});
	request.end(what);
}

const refusal = (target) =>
	Object.assign(new Error(`connect ENETUNREACH ${target}: this n8n may not leave the machine`), {
		code: 'ENETUNREACH',
	});

const plainConnect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connect(...args) {
	const first = Array.isArray(args[0]) ? args[0][0] : args[0];
	const options =
		typeof first === 'object' && first !== null ? first : { port: first, host: args[1] };
	const host = typeof options.host === 'string' ? options.host : undefined;
	const isPipe =
		options.path !== undefined || (typeof first === 'string' && Number.isNaN(Number(first)));
	if (isPipe || isLoopback(host)) return plainConnect.apply(this, args);
	report(`${host}:${options.port}`);
	process.nextTick(() => this.destroy(refusal(`${host}:${options.port}`)));
	return this;
};

const unknownName = (name) =>
	Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', hostname: name });
const plainLookup = dns.lookup;
dns.lookup = function lookup(name, options, callback) {
	const done = typeof options === 'function' ? options : callback;
	if (isLoopback(name) || net.isIP(name) !== 0)
		return plainLookup.call(dns, name, options, callback);
	report(`name of ${name}`);
	process.nextTick(() => done(unknownName(name)));
	return {};
};
const plainPromisedLookup = dns.promises.lookup;
dns.promises.lookup = async (name, options) => {
	if (isLoopback(name) || net.isIP(name) !== 0) return await plainPromisedLookup(name, options);
	report(`name of ${name}`);
	throw unknownName(name);
};

syncBuiltinESMExports();
