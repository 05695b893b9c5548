import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const DEFAULT_OWNER = {
	email: 'owner@example.com',
	firstName: 'Shop',
	lastName: 'Owner',
	password: 'Loyalty-2026',
};

/** An answer of n8n's own REST interface that was not a success. */
export class HostRequestError extends Error {
	name = 'HostRequestError';

	constructor(method, path, status, body) {
		super(`${method} ${path} was answered ${status}: ${body.slice(0, 500)}`);
		this.status = status;
		this.body = body;
	}
}

const isTrigger = (type) => /trigger$|\.webhook$/i.test(type);

/** What the owner does in the browser, over the same REST interface: log in, import, publish, look at runs and tables. */
export class HostClient {
	#cookie = '';
	#browserId = randomUUID();
	#projectId;
	#flatted;

	constructor({ baseUrl, owner = DEFAULT_OWNER, n8nDir }) {
		this.baseUrl = baseUrl;
		this.owner = owner;
		this.#flatted = createRequire(path.join(n8nDir, 'package.json'))('flatted');
	}

	/** Sets the owner up on a fresh database, else logs in. */
	async logIn() {
		const settings = await this.rest('GET', '/settings');
		if (settings.userManagement?.showSetupOnFirstLoad === true) {
			await this.rest('POST', '/owner/setup', this.owner);
		} else {
			await this.rest('POST', '/login', {
				emailOrLdapLoginId: this.owner.email,
				password: this.owner.password,
			});
		}
		this.#projectId = (await this.rest('GET', '/projects/personal')).id;
	}

	get projectId() {
		return this.#projectId;
	}

	/** One call of n8n's REST interface (`path` after `/rest`); gives `data`, throws `HostRequestError`. */
	async rest(method, path, body) {
		const answer = await fetch(`${this.baseUrl}/rest${path}`, {
			method,
			headers: {
				cookie: this.#cookie,
				'browser-id': this.#browserId,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
		if (cookies.length > 0) this.#cookie = cookies.join('; ');
		const text = await answer.text();
		if (!answer.ok) throw new HostRequestError(method, path, answer.status, text);
		const parsed = text === '' ? undefined : JSON.parse(text);
		return parsed?.data ?? parsed;
	}

	/** Descriptions of all node types that n8n has loaded. */
	async nodeTypes() {
		const answer = await fetch(`${this.baseUrl}/types/nodes.json`, {
			headers: { cookie: this.#cookie },
		});
		return await answer.json();
	}

	/** A credential; gives `{ id, name, type }`. */
	async createCredential(type, data, name = `${type} of the tests`) {
		const { id } = await this.rest('POST', '/credentials', {
			name,
			type,
			data,
			projectId: this.#projectId,
		});
		return { id, name, type };
	}

	async credentials() {
		return await this.rest('GET', '/credentials');
	}

	async updateCredential({ id, name, type }, data) {
		await this.rest('PATCH', `/credentials/${id}`, { name, type, data });
	}

	/**
	 * Imports a workflow as the editor does: what starts on a URL gets a `webhookId` if it has none. `credentials` maps a
	 * credential type, or `"<node name>/<type>"`, to what `createCredential` gave; every node whose parameters ask for such a
	 * type is linked to it. Gives the saved workflow.
	 */
	async importWorkflow(workflow, { credentials = {}, name } = {}) {
		const types = await this.#credentialTypesByNode();
		const nodes = workflow.nodes.map((node) => {
			const copy = structuredClone(node);
			copy.id ??= randomUUID();
			if (isTrigger(copy.type) || copy.webhookId !== undefined) copy.webhookId ??= randomUUID();
			const links = {};
			for (const type of types(copy)) {
				const credential = credentials[`${copy.name}/${type}`] ?? credentials[type];
				if (credential !== undefined) links[type] = { id: credential.id, name: credential.name };
			}
			if (Object.keys(links).length > 0) copy.credentials = links;
			else delete copy.credentials;
			return copy;
		});
		return await this.rest('POST', '/workflows', {
			name: name ?? workflow.name,
			nodes,
			connections: workflow.connections,
			settings: { executionOrder: 'v1', ...workflow.settings },
			nodeGroups: workflow.nodeGroups,
			pinData: {},
			projectId: this.#projectId,
		});
	}

	/** The credential types that the nodes of a workflow ask for. */
	async credentialTypesOf(workflow) {
		const types = await this.#credentialTypesByNode();
		return [...new Set(workflow.nodes.flatMap((node) => types(node)))];
	}

	/** Gives a function from a node to the credential types that its parameters ask for. */
	async #credentialTypesByNode() {
		this.descriptions ??= await this.nodeTypes();
		const byName = new Map();
		for (const description of this.descriptions) {
			const list = byName.get(description.name) ?? [];
			list.push(description);
			byName.set(description.name, list);
		}
		return (node) => {
			const candidates = byName.get(node.type) ?? [];
			const description =
				candidates.find(({ version }) =>
					(Array.isArray(version) ? version : [version]).includes(node.typeVersion ?? 1),
				) ?? candidates[0];
			const named = (description?.credentials ?? [])
				.filter((credential) => isShown(credential.displayOptions, node, description))
				.map(({ name }) => name);
			const generic = [node.parameters?.genericAuthType, node.parameters?.nodeCredentialType];
			return [...named, ...generic.filter((type) => typeof type === 'string' && type !== '')];
		};
	}

	/** Publishes a workflow and waits until the URLs of its triggers answer. */
	async activate(workflow) {
		const { versionId } = await this.rest('GET', `/workflows/${workflow.id}`);
		const active = await this.rest('POST', `/workflows/${workflow.id}/activate`, { versionId });
		for (const node of active.nodes) {
			const url = this.urlOf(active, node.name);
			if (url !== undefined && node.disabled !== true) await this.#untilRegistered(url);
		}
		return active;
	}

	async deactivate(workflow) {
		return await this.rest('POST', `/workflows/${workflow.id}/deactivate`, {});
	}

	/**
	 * Changes a workflow (`change` gets a copy) and saves it. A published one stays as it was until `activate` is called.
	 */
	async updateWorkflow(workflow, change) {
		const current = await this.rest('GET', `/workflows/${workflow.id}`);
		const { name, nodes, connections, settings, versionId } = current;
		const next = structuredClone({ name, nodes, connections, settings });
		change(next);
		return await this.rest('PATCH', `/workflows/${workflow.id}`, { ...next, versionId });
	}

	async workflows() {
		return await this.rest('GET', '/workflows');
	}

	async workflow(id) {
		return await this.rest('GET', `/workflows/${id}`);
	}

	/** The production URL of a trigger, or undefined for a node that has none. */
	urlOf(workflow, nodeName) {
		const node = workflow.nodes.find(({ name }) => name === nodeName);
		if (node === undefined)
			throw new Error(`The workflow "${workflow.name}" has no node "${nodeName}"`);
		const { type, parameters = {}, webhookId } = node;
		if (type === 'n8n-nodes-base.webhook') {
			const pathOf = String(parameters.path ?? '').replace(/^\/+/, '');
			return `${this.baseUrl}/webhook/${pathOf.includes(':') ? `${webhookId}/` : ''}${pathOf}`;
		}
		if (type === 'n8n-nodes-base.formTrigger') {
			return `${this.baseUrl}/form/${parameters.path || parameters.options?.path || webhookId}`;
		}
		const description = this.descriptions?.find(({ name }) => name === type);
		// n8n gives mail and chat nodes a webhook id too: for their "send and wait", which has no URL of its own.
		if (!description?.group?.includes('trigger')) return undefined;
		const webhook = description?.webhooks?.find(({ name }) => name === 'default');
		if (webhook === undefined || webhookId === undefined || /[={]/.test(webhook.path))
			return undefined;
		return `${this.baseUrl}/webhook/${webhook.isFullPath === true ? '' : `${webhookId}/`}${webhook.path}`;
	}

	/**
	 * n8n answers 404 for a moment after publishing. A method that no trigger uses finds out without starting a run: n8n then
	 * says "Did you mean to make a POST request" for a known URL. A form is looked at, which starts none either.
	 */
	async #untilRegistered(url, timeoutMs = 15_000) {
		const until = Date.now() + timeoutMs;
		const method = url.startsWith(`${this.baseUrl}/form/`) ? 'GET' : 'DELETE';
		for (;;) {
			const answer = await fetch(url, { method });
			const text = await answer.text();
			if (answer.status !== 404 || /did you mean/i.test(text)) return;
			if (Date.now() > until)
				throw new Error(`${url} did not answer ${timeoutMs / 1000} s after publishing: ${text}`);
			await sleep(50);
		}
	}

	/**
	 * Fills a form in and sends it as the browser does. `answers` by field label (or field name); what is left out gets the
	 * field's default. Gives `{ status, text, json }` of the last page.
	 */
	async submitForm(workflow, nodeName, answers = {}) {
		const node = workflow.nodes.find(({ name }) => name === nodeName);
		const form = new FormData();
		const unknown = new Set(Object.keys(answers));
		for (const [index, field] of (node.parameters.formFields?.values ?? []).entries()) {
			const key = [field.fieldName, field.fieldLabel, field.elementName].find(
				(name) => name !== undefined && name in answers,
			);
			if (key !== undefined) unknown.delete(key);
			const value =
				key === undefined ? (field.defaultValue ?? field.fieldValue ?? '') : answers[key];
			const list = field.multiselect === true || ['checkbox', 'radio'].includes(field.fieldType);
			form.append(`field-${index}`, list ? JSON.stringify([value].flat()) : String(value));
		}
		if (unknown.size > 0)
			throw new Error(`The form "${nodeName}" has no field ${[...unknown].join(', ')}`);
		const answer = await fetch(this.urlOf(workflow, nodeName), { method: 'POST', body: form });
		const first = await pageOf(answer);
		if (first.json?.formWaitingUrl === undefined) return first;
		return await this.#formPage(first.json.formWaitingUrl);
	}

	async #formPage(waitingUrl, timeoutMs = 60_000) {
		const statusUrl = new URL(waitingUrl);
		statusUrl.pathname += '/n8n-execution-status';
		const until = Date.now() + timeoutMs;
		for (;;) {
			const status = (await (await fetch(statusUrl)).text()).trim();
			if (status === 'form-waiting') return await pageOf(await fetch(waitingUrl));
			if (['success', 'error', 'crashed', 'canceled', 'null'].includes(status)) {
				return { status: 200, text: status, json: undefined };
			}
			if (Date.now() > until)
				throw new Error(`The form's run was still "${status}" after ${timeoutMs / 1000} s`);
			await sleep(100);
		}
	}

	/** Runs of a workflow, newest first (without their data). */
	async executions(workflow, { status, limit = 100 } = {}) {
		const filter = {
			workflowId: workflow.id,
			...(status === undefined ? {} : { status: [status] }),
		};
		const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: String(limit) });
		const { results } = await this.rest('GET', `/executions?${query}`);
		return results;
	}

	/**
	 * One run with its data: `{ ...execution, error, items(nodeName, output = 0) }`, where `items` gives the json of what a
	 * node put out over all its turns.
	 */
	async execution(id) {
		const execution = await this.rest('GET', `/executions/${id}`);
		const data =
			typeof execution.data === 'string' ? this.#flatted.parse(execution.data) : execution.data;
		const runData = data?.resultData?.runData ?? {};
		return {
			...execution,
			data,
			error: data?.resultData?.error,
			nodes: Object.keys(runData),
			items: (nodeName, output = 0) =>
				(runData[nodeName] ?? []).flatMap((turn) =>
					(turn.data?.main?.[output] ?? []).map(({ json }) => json),
				),
			errorOf: (nodeName) => (runData[nodeName] ?? []).map((turn) => turn.error).find(Boolean),
		};
	}

	/** Waits until nothing of the workflow runs any more and at least `count` runs have ended; gives them, newest first. */
	async untilRun(workflow, count = 1, timeoutMs = 60_000) {
		const until = Date.now() + timeoutMs;
		for (;;) {
			const runs = await this.executions(workflow, { limit: Math.max(100, count) });
			const ended = runs.filter(({ status }) => !['new', 'running', 'waiting'].includes(status));
			if (ended.length >= count && ended.length === runs.length) return ended;
			if (Date.now() > until) {
				throw new Error(
					`"${workflow.name}" had ${ended.length} ended runs of ${runs.length} after ${timeoutMs / 1000} s; ${count} were expected`,
				);
			}
			await sleep(100);
		}
	}

	/** Runs a workflow by hand from its trigger, as "Execute workflow" does; gives the ended execution with its data. */
	async runManually(workflow, triggerName) {
		const current = await this.rest('GET', `/workflows/${workflow.id}`);
		const { executionId } = await this.rest('POST', `/workflows/${workflow.id}/run`, {
			workflowData: current,
			triggerToStartFrom: { name: triggerName },
			startNodes: [],
			runData: undefined,
		});
		for (;;) {
			const execution = await this.execution(executionId);
			if (!['new', 'running'].includes(execution.status)) return execution;
			await sleep(100);
		}
	}

	async #tables() {
		const { data } = await this.rest(
			'GET',
			`/projects/${this.#projectId}/data-tables?take=100`,
		).then((found) => (Array.isArray(found) ? { data: found } : found));
		return data;
	}

	async tableNames() {
		return (await this.#tables()).map(({ name }) => name).sort();
	}

	/** All rows of the table with exactly this name, by id; `[]` where the table does not exist yet. */
	async rows(tableName) {
		const table = (await this.#tables()).find(({ name }) => name === tableName);
		if (table === undefined) return [];
		const all = [];
		for (let skip = 0; ; skip += 250) {
			const page = await this.rest(
				'GET',
				`/projects/${this.#projectId}/data-tables/${table.id}/rows?take=250&skip=${skip}&sortBy=id:asc`,
			);
			const rows = Array.isArray(page) ? page : page.data;
			all.push(...rows);
			if (rows.length < 250) return all;
		}
	}

	async deleteTable(tableName) {
		const table = (await this.#tables()).find(({ name }) => name === tableName);
		if (table !== undefined)
			await this.rest('DELETE', `/projects/${this.#projectId}/data-tables/${table.id}`);
	}
}

async function pageOf(answer) {
	const text = await answer.text();
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return { status: answer.status, text, json };
}

/** Whether a credential's `displayOptions` match the node's parameters (or the defaults of those that it leaves out). */
function isShown(displayOptions, node, description) {
	const valueOf = (name) => {
		if (name === '@version') return node.typeVersion ?? 1;
		const given = node.parameters?.[name.replace(/^\//, '')];
		return given ?? description.properties.find((property) => property.name === name)?.default;
	};
	for (const [name, values] of Object.entries(displayOptions?.show ?? {})) {
		if (name === '@version' && values.some((value) => typeof value === 'object')) continue;
		if (!values.includes(valueOf(name))) return false;
	}
	for (const [name, values] of Object.entries(displayOptions?.hide ?? {})) {
		if (name === '@version' && values.some((value) => typeof value === 'object')) continue;
		if (values.includes(valueOf(name))) return false;
	}
	return true;
}
