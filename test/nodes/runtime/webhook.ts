import type {
	IDataObject,
	IWorkflowExecuteAdditionalData,
	IWebhookDescription,
} from 'n8n-workflow';
import { Node } from 'n8n-workflow';

import { core } from './host.cjs';
import type { Runtime, RunResult, WorkflowJson } from './runtime';

/** A delivery as it arrives: give the body as bytes, as text, or as an object that is sent as JSON. */
export interface Delivery {
	body?: Buffer | string | IDataObject | unknown[];
	/** Names in any case; the host sees them in lower case. */
	headers?: Record<string, string>;
	query?: Record<string, string>;
	method?: string;
	/** To the URL for trying out, which runs by hand; else to the production URL. */
	toTestUrl?: boolean;
}

/** What the sender was told. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	/** As the node gave it, before it was written out. */
	body: unknown;
	/** False when nobody answered: the sender would wait until it gives up. */
	answered: boolean;
}

export interface WebhookResult extends Answer {
	/** The run that the delivery started; undefined when it started none. */
	run?: RunResult;
	/** What `webhook()` itself threw; the host answers 500 then. */
	error?: Error;
}

interface SentResponse {
	status: number;
	headers: Record<string, string>;
	body: unknown;
	ended: boolean;
}

function fakeResponse(sent: SentResponse) {
	const response = {
		headersSent: false,
		status(code: number) {
			sent.status = code;
			return response;
		},
		setHeader(name: string, value: string) {
			sent.headers[name.toLowerCase()] = String(value);
			return response;
		},
		set(name: string, value: string) {
			return response.setHeader(name, value);
		},
		header(name: string, value: string) {
			return response.setHeader(name, value);
		},
		writeHead(code: number, headers: Record<string, string> = {}) {
			sent.status = code;
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
			return response;
		},
		send(body: unknown) {
			sent.body = body;
			sent.ended = true;
			response.headersSent = true;
			return response;
		},
		json(body: unknown) {
			return response.send(body);
		},
		write(chunk: unknown) {
			sent.body = `${(sent.body as string) ?? ''}${String(chunk)}`;
			return true;
		},
		end(body?: unknown) {
			if (body !== undefined) sent.body = body;
			sent.ended = true;
			response.headersSent = true;
			return response;
		},
	};
	return response;
}

function bytes(body: Delivery['body']): Buffer {
	if (body === undefined) return Buffer.alloc(0);
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** The host reads the body by its content type before the node sees the request. */
function parsed(raw: Buffer, contentType: string): { ok: true; body: unknown } | { ok: false } {
	if (raw.length === 0) return { ok: true, body: {} };
	if (contentType.includes('application/json')) {
		try {
			return { ok: true, body: JSON.parse(raw.toString('utf8')) };
		} catch {
			return { ok: false };
		}
	}
	if (contentType.includes('application/x-www-form-urlencoded')) {
		return { ok: true, body: Object.fromEntries(new URLSearchParams(raw.toString('utf8'))) };
	}
	if (contentType.startsWith('text/')) return { ok: true, body: raw.toString('utf8') };
	return { ok: true, body: {} };
}

/**
 * Sends one delivery to a webhook trigger of a workflow, the way the host does: parse the body (broken JSON never reaches the node),
 * run the trigger's `webhook()`, start the run, answer as the trigger's response mode says.
 */
export async function runWebhook(
	runtime: Runtime,
	json: WorkflowJson,
	trigger: string,
	delivery: Delivery = {},
): Promise<WebhookResult> {
	const data = runtime.load(json);
	const workflow = runtime.workflow(data);
	const node = workflow.getNode(trigger);
	if (!node) throw new Error(`The workflow has no node '${trigger}'`);
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const description = type.description.webhooks?.find((one) => one.name === 'default');
	if (!description || !type.webhook) throw new Error(`${node.type} is no webhook trigger`);

	const mode = delivery.toTestUrl === true ? 'manual' : 'webhook';
	const raw = bytes(delivery.body);
	const headers = Object.fromEntries(
		Object.entries({ 'content-type': 'application/json', ...delivery.headers }).map(
			([name, value]) => [name.toLowerCase(), value],
		),
	);
	const sent: SentResponse = { status: 200, headers: {}, body: undefined, ended: false };
	const body = parsed(raw, headers['content-type']);
	if (!body.ok) {
		return {
			status: 422,
			headers: {},
			body: { message: 'Failed to parse request body' },
			answered: true,
		};
	}
	const request = {
		method: delivery.method ?? 'POST',
		headers,
		query: delivery.query ?? {},
		params: {},
		body: body.body,
		rawBody: raw,
		contentType: headers['content-type'].split(';')[0],
		get: (name: string) => headers[name.toLowerCase()],
		readRawBody: async () => {},
		ip: '127.0.0.1',
		ips: [],
		socket: { remoteAddress: '127.0.0.1' },
	};
	const http = {
		httpRequest: request,
		httpResponse: fakeResponse(sent),
	} as unknown as Partial<IWorkflowExecuteAdditionalData>;
	const additionalData = Object.assign(runtime.additionalData('', data, mode), http);

	const setting = (name: keyof IWebhookDescription, fallback: unknown) =>
		workflow.expression.getComplexParameterValue(
			node,
			description[name] as string,
			mode,
			{},
			undefined,
			fallback as string,
		) ?? fallback;
	const responseMode = setting('responseMode', 'onReceived');
	const responseCode = Number(setting('responseCode', 200));
	const responseData = setting('responseData', 'firstEntryJson');

	const context = new core.WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		{ webhookDescription: description },
		[],
		null,
	);
	const answer = (status: number, content: unknown, more: Record<string, string> = {}): Answer => ({
		status,
		headers: more,
		body: content,
		answered: true,
	});
	let given;
	try {
		given =
			type instanceof Node
				? await (type as Node).webhook!(context)
				: await type.webhook.call(context);
	} catch (error) {
		return {
			...answer(500, { message: 'Workflow Webhook Error: Workflow could not be started!' }),
			error: error as Error,
		};
	}
	const asSent = (): Answer => ({
		status: sent.status,
		headers: sent.headers,
		body: sent.body,
		answered: sent.ended,
	});
	if (given.workflowData === undefined) {
		if (given.noWebhookResponse) return asSent();
		return answer(responseCode, given.webhookResponse ?? { message: 'Webhook call received' });
	}

	let fromNode: Answer | undefined;
	const started = runtime.start(
		data,
		workflow,
		node,
		given.workflowData as NonNullable<(typeof given.workflowData)[number]>[],
		mode,
		{
			additionalData: http,
			onResponse: (response) => {
				fromNode = answer(response.statusCode ?? responseCode, response.body, response.headers);
			},
		},
	);
	const run = await started.result;
	if (given.noWebhookResponse) return { ...asSent(), run };
	if (responseMode === 'onReceived') {
		return { ...answer(responseCode, responseData === 'noData' ? undefined : responseData), run };
	}
	if (fromNode) return { ...fromNode, run };
	const { lastNodeExecuted, runData } = run.run.data.resultData;
	const last = lastNodeExecuted ? runData[lastNodeExecuted]?.at(-1) : undefined;
	if (run.error || last?.error) return { ...answer(500, { message: 'Error in workflow' }), run };
	if (responseMode === 'responseNode') return { ...answer(responseCode, undefined), run };
	if (responseData === 'noData') return { ...answer(responseCode, undefined), run };
	const outputs = last?.data?.main ?? [];
	const items = outputs[0] ?? [];
	if (responseData === 'allEntries') {
		return {
			...answer(
				responseCode,
				items.map((item) => item.json),
			),
			run,
		};
	}
	if (items.length === 0)
		return { ...answer(500, { message: 'No item to return was found' }), run };
	return { ...answer(responseCode, items[0].json), run };
}
