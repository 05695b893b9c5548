import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { HostClient } from './client.mjs';
import { hostDir, installHost } from './install.mjs';
import { placePackage } from './package.mjs';

const RECORDER = fileURLToPath(new URL('./outside/recorder.cjs', import.meta.url));
const LOG_LINES_KEPT = 5000;

export async function freePort() {
	const probe = net.createServer();
	await new Promise((resolve, reject) => {
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', resolve);
	});
	const { port } = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** `port` if nobody listens there, else a free one. */
async function portOr(port) {
	const probe = net.createServer();
	const free = await new Promise((resolve) => {
		probe.once('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => resolve(true));
	});
	if (!free) return await freePort();
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** Settings of the machine that must not leak into the n8n under test. */
const FOREIGN =
	/^(n8n_|npm_|db_|executions_|generic_timezone|node_options|node_env|queue_|webhook_url|(http|https|all|no)_proxy$)/i;

function environmentOf({ userFolder, port, brokerPort, outside, extra, node }) {
	const env = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (!FOREIGN.test(name)) env[name] = value;
	}
	const separator = process.platform === 'win32' ? ';' : ':';
	Object.assign(env, {
		PATH: `${path.dirname(node)}${separator}${env.PATH ?? ''}`,
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		NO_COLOR: '1',
	});
	if (outside !== undefined) {
		env.NODE_OPTIONS = `--require=${JSON.stringify(RECORDER)}`;
		env.LOYALTY_OUTSIDE_PORT = String(outside.port);
	}
	return { ...env, ...extra };
}

/**
 * One running n8n. `start()`, `stop()` (as Ctrl-C), `kill()` (SIGKILL to n8n and all it started), `restart()`; after each
 * start `client` is logged in as the owner. The user folder, and with it the database, stays the same over restarts.
 */
export class HostServer {
	#child;
	#exited = Promise.resolve();
	#lines = [];
	#logFile;

	constructor({ host, userFolder, temporary, port, brokerPort, env, owner, outside }) {
		this.host = host;
		this.userFolder = userFolder;
		this.temporary = temporary;
		this.port = port;
		this.brokerPort = brokerPort;
		this.env = env;
		this.baseUrl = `http://127.0.0.1:${port}`;
		this.client = new HostClient({ baseUrl: this.baseUrl, owner, n8nDir: host.n8nDir });
		this.outside = outside;
	}

	get pid() {
		return this.#child?.pid;
	}

	get running() {
		return this.#child !== undefined;
	}

	/** What n8n printed, newest last. */
	log() {
		return this.#lines.join('\n');
	}

	async start({ timeoutMs = 120_000 } = {}) {
		if (this.#child !== undefined) throw new Error('n8n is running already');
		await mkdir(this.userFolder, { recursive: true });
		this.#logFile ??= createWriteStream(path.join(this.userFolder, 'n8n.log'), { flags: 'a' });
		const child = spawn(this.host.node, [this.host.n8nBin, 'start'], {
			cwd: this.userFolder,
			env: this.env,
			// A group of its own: a SIGKILL must reach the task runner too, as pulling the plug does.
			detached: process.platform !== 'win32',
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.#child = child;
		let rest = '';
		const take = (chunk) => {
			this.#logFile.write(chunk);
			const parts = (rest + chunk).split('\n');
			rest = parts.pop();
			this.#lines.push(...parts);
			if (this.#lines.length > LOG_LINES_KEPT)
				this.#lines.splice(0, this.#lines.length - LOG_LINES_KEPT);
		};
		child.stdout.setEncoding('utf8').on('data', take);
		child.stderr.setEncoding('utf8').on('data', take);
		let ended;
		this.#exited = new Promise((resolve) => {
			child.once('exit', (code, signal) => {
				ended = `exit code ${code}, signal ${signal}`;
				this.#child = undefined;
				resolve();
			});
			child.once('error', (error) => {
				ended = error.message;
				this.#child = undefined;
				resolve();
			});
		});
		const until = Date.now() + timeoutMs;
		for (;;) {
			if (ended !== undefined)
				throw new Error(`n8n did not start (${ended}):\n${this.#lines.slice(-30).join('\n')}`);
			// Ready and yet refusing (503, or a page instead of an answer) happens on a busy machine: asked again until the time is up.
			if ((await this.#isReady()) && (await this.#isLoggedIn())) return this;
			if (Date.now() > until) {
				await this.kill();
				throw new Error(
					`n8n was not ready after ${timeoutMs / 1000} s:\n${this.#lines.slice(-30).join('\n')}`,
				);
			}
			await sleep(100);
		}
	}

	async #isLoggedIn() {
		try {
			await this.client.logIn();
			return true;
		} catch (error) {
			// Wrong credentials stay wrong.
			if (error.status === 401) throw error;
			return false;
		}
	}

	async #isReady() {
		try {
			const answer = await fetch(`${this.baseUrl}/healthz/readiness`);
			await answer.arrayBuffer();
			return answer.status === 200;
		} catch {
			return false;
		}
	}

	#signal(name) {
		const child = this.#child;
		if (child?.pid === undefined) return;
		try {
			if (process.platform === 'win32') child.kill(name);
			else process.kill(-child.pid, name);
		} catch (error) {
			if (error.code !== 'ESRCH') throw error;
		}
	}

	/** Ends n8n as Ctrl-C does; after 30 s it is killed. */
	async stop() {
		const child = this.#child;
		if (child === undefined) return;
		child.kill('SIGTERM');
		const timer = setTimeout(() => this.#signal('SIGKILL'), 30_000);
		await this.#exited;
		clearTimeout(timer);
	}

	/** Ends n8n and all its children at once, without a chance to write anything. */
	async kill() {
		this.#signal('SIGKILL');
		await this.#exited;
	}

	/** For a process that is about to end without waiting. */
	killNow() {
		this.#signal('SIGKILL');
	}

	async restart() {
		await this.stop();
		return await this.start();
	}

	/** Stops n8n and removes a temporary user folder. */
	async dispose() {
		await this.stop();
		this.#logFile?.end();
		if (this.temporary) await rm(this.userFolder, { recursive: true, force: true });
	}
}

/**
 * Starts n8n. All settings are optional:
 * `host` from `installHost`; `userFolder` to keep the database (else a temporary one, removed by `dispose`);
 * `packages: [{ name, tarball }]` placed before the start; `outside` from `startOutside` (without it n8n may reach the
 * network); `env` for more n8n settings; `owner` for the log-in; `preferredPort`, taken if it is free.
 */
export async function startHost({
	host,
	userFolder,
	packages = [],
	outside,
	env = {},
	owner,
	preferredPort,
} = {}) {
	const installed = host ?? (await installHost({ dir: hostDir() }));
	const temporary = userFolder === undefined;
	const folder = userFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'loyalty-n8n-')));
	for (const { name, tarball } of packages) await placePackage(tarball, folder, name);
	const webPort = preferredPort === undefined ? await freePort() : await portOr(preferredPort);
	const brokerPort = await freePort();
	const server = new HostServer({
		host: installed,
		userFolder: folder,
		temporary,
		port: webPort,
		brokerPort,
		owner,
		outside,
		env: environmentOf({
			userFolder: folder,
			port: webPort,
			brokerPort,
			outside,
			extra: env,
			node: installed.node,
		}),
	});
	// A test process that dies must not leave an n8n behind.
	process.once('exit', () => server.killNow());
	await server.start();
	return server;
}
