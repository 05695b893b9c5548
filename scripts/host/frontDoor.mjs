import http from 'node:http';

/**
 * A reverse proxy with a health check, as n8n should have one in front of it. It is needed for more than HTTPS: from the moment
 * n8n has reached its database until its migrations are checked, it answers every request, webhooks too, with 200 and "n8n is
 * starting up. Please wait". A shop takes that for "received" and never sends the order again. This door answers 503 until
 * n8n itself says that it is ready.
 */
export async function startFrontDoor(n8n) {
	const target = new URL(n8n.baseUrl);
	const isReady = () =>
		new Promise((resolve) => {
			const probe = http.get(new URL('/healthz/readiness', target), (answer) => {
				answer.resume();
				resolve(answer.statusCode === 200);
			});
			probe.once('error', () => resolve(false));
		});
	const refuse = (response) => {
		if (response.headersSent) response.destroy();
		else response.writeHead(503, { 'retry-after': '1' }).end('n8n is not ready');
	};
	const server = http.createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		if (!(await isReady())) return refuse(response);
		const onward = http.request(
			new URL(request.url, target),
			{ method: request.method, headers: { ...request.headers, host: target.host } },
			(answer) => {
				answer.once('error', () => refuse(response));
				response.writeHead(answer.statusCode, answer.headers);
				answer.pipe(response);
			},
		);
		onward.once('error', () => refuse(response));
		onward.end(Buffer.concat(chunks));
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address();
	return {
		/** The same address, through the door. */
		through(url) {
			const changed = new URL(url);
			changed.port = String(port);
			return changed.href;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
