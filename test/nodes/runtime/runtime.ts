import type {
	ExecuteWorkflowData,
	ExecuteWorkflowOptions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteWorkflowInfo,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IRunExecutionData,
	IVersionedNodeType,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	RelatedExecution,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	createRunExecutionData,
	mergeRunsPerBranch,
	NodeOperationError,
	UnexpectedError,
	Workflow,
} from 'n8n-workflow';

import type { LifecycleHooks } from './host.cjs';
import { core } from './host.cjs';
import type { Stub } from './nodeTypes';
import { nodeTypes } from './nodeTypes';
import { Tables } from './tables';

/** A workflow as it stands in a file: what n8n exports and imports, with nothing required that a test does not need. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: Array<Partial<INode> & Pick<INode, 'name' | 'type'>>;
	connections?: IWorkflowBase['connections'];
	settings?: IWorkflowBase['settings'];
}

/** Items in short: plain objects become `{ json }`. */
export type ItemsInput = Array<INodeExecutionData | IDataObject>;

export interface RuntimeOptions {
	/** The Data Tables that every run shares. A new, empty set when not given. */
	tables?: Tables;
	/** What a credential holds, by its type; every node that names the type gets it, whether or not the workflow links one. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Workflows that can be called by id. */
	workflows?: Record<string, WorkflowJson>;
	/** Nodes of a test, by full type. */
	nodes?: Record<string, INodeType | IVersionedNodeType>;
	/** Replacements for `execute`, by full type: for nodes that would call the outside world. */
	stubs?: Record<string, Stub>;
	/** Zone of the workflow, `settings.timezone` in the JSON goes first. UTC when not given. */
	timezone?: string;
	/** A run is cancelled after so many node runs, so that an endless loop fails its test instead of hanging it. 5,000 when not given. */
	maxNodeRuns?: number;
}

export interface RunOptions {
	/** Name of the node that starts. The only node without an input when not given. */
	startNode?: string;
	/** What the start node is handed: a trigger passes it on. One empty item when not given. */
	items?: ItemsInput;
	/** `trigger` when not given, as in production. */
	mode?: WorkflowExecuteMode;
	/** Gets the function that cancels the run. */
	onStart?: (cancel: () => void) => void;
}

export interface RunResult {
	status: IRun['status'];
	/** What stopped the run; undefined when it went through. */
	error?: Error;
	executionId: string;
	/** Items of one output of a node, over all its runs. Empty when it did not run. */
	items(node: string, output?: number): INodeExecutionData[];
	/** The same, only the JSON. */
	json(node: string, output?: number): IDataObject[];
	/** How many times a node ran. */
	runs(node: string): number;
	/** The host's own record of the run. */
	run: IRun;
}

/** What was called with `executeWorkflow`: a sub-execution costs the host tens of milliseconds, so tests count them. */
export interface SubExecution {
	executionId: string;
	parentNode?: string;
	parentExecution?: RelatedExecution;
	workflow: IWorkflowBase;
}

export interface StartedRun {
	result: Promise<RunResult>;
	executionId: string;
}

let runtimesMade = 0;

const OBJECT_ERROR_FIELDS = ['description', 'stack', 'executionId', 'workflowId'] as const;

function toItems(items: ItemsInput): INodeExecutionData[] {
	return items.map((item, index) =>
		'json' in item && typeof item.json === 'object'
			? { pairedItem: { item: index }, ...(item as INodeExecutionData) }
			: { json: structuredClone(item as IDataObject), pairedItem: { item: index } },
	);
}

function result(run: IRun, executionId: string): RunResult {
	const items = (node: string, output = 0) =>
		(run.data.resultData.runData[node] ?? []).flatMap((one) => one.data?.main?.[output] ?? []);
	return {
		status: run.status,
		error: run.data.resultData.error as Error | undefined,
		executionId,
		items,
		json: (node, output) => items(node, output).map((item) => item.json),
		runs: (node) => run.data.resultData.runData[node]?.length ?? 0,
		run,
	};
}

/** A run that the engine would not even begin, for a required parameter that is missing: the host records it as failed. */
function refused(data: IRunExecutionData, mode: WorkflowExecuteMode, error: Error): IRun {
	data.resultData.error = error as IRunExecutionData['resultData']['error'];
	return {
		data,
		mode,
		status: 'error',
		finished: false,
		startedAt: new Date(),
		stoppedAt: new Date(),
		storedAt: 'db',
	};
}

/** An error that went through the database of the host: a plain record that is made an error again. */
function revived(record: Record<string, unknown>, workflow: Workflow): Error {
	const message = typeof record.message === 'string' ? record.message : 'An error occurred';
	const name = (record.node as INode | undefined)?.name;
	const node = name ? workflow.getNode(name) : null;
	const error = node
		? new NodeOperationError(node, record as unknown as Error, record as object)
		: new Error(message);
	for (const field of OBJECT_ERROR_FIELDS) {
		if (record[field]) Object.assign(error, { [field]: record[field] });
	}
	return error;
}

/**
 * Runs workflows in this process on the host's own engine (`WorkflowExecute` of n8n-core), with the host's own nodes, this package's
 * nodes, and Data Tables in memory. Runs of one runtime share tables, credentials and execution ids, and may go on at once.
 *
 * Not here: the database, the queue, expressions in isolation, binary storage. The tests in `test/host` have those.
 */
export class Runtime {
	readonly tables: Tables;

	/** Every `executeWorkflow` so far, oldest first. */
	readonly subExecutions: SubExecution[] = [];

	/** Of a workflow that names none. As in the host no two workflows ever share an id. */
	readonly workflowId = `workflow-${++runtimesMade}`;

	private lastExecutionId = 0;

	private readonly nodeTypes: ReturnType<typeof nodeTypes>;

	constructor(private readonly options: RuntimeOptions = {}) {
		this.tables = options.tables ?? new Tables();
		this.nodeTypes = nodeTypes(options.nodes, options.stubs);
	}

	/** Runs a workflow to its end. A run that fails does not reject: its error is in the result. */
	async run(json: WorkflowJson, options: RunOptions = {}): Promise<RunResult> {
		const data = this.load(json);
		const workflow = this.workflow(data);
		const start = options.startNode
			? workflow.getNode(options.startNode)
			: workflow.getNode(workflow.getStartNode()?.name ?? this.sourceNode(workflow));
		if (!start) throw new Error(`The workflow has no node '${options.startNode}' to start from`);
		const started = this.start(
			data,
			workflow,
			start,
			[toItems(options.items ?? [{}])],
			options.mode ?? 'trigger',
			{ onStart: options.onStart },
		);
		return await started.result;
	}

	/** The workflow as the host keeps it: ids, positions and defaults filled in. */
	load(json: WorkflowJson): IWorkflowBase {
		const data = structuredClone(json);
		return {
			id: data.id ?? this.workflowId,
			name: data.name ?? 'Workflow',
			active: true,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
			connections: data.connections ?? {},
			settings: { executionOrder: 'v1', ...data.settings },
			nodes: data.nodes.map((node, index) => ({
				id: node.id ?? `node-${index}`,
				typeVersion: node.typeVersion ?? 1,
				position: node.position ?? [index * 200, 0],
				parameters: node.parameters ?? {},
				...node,
			})),
		} as IWorkflowBase;
	}

	/** The host's `Workflow` object; as there, it fills the defaults into the nodes it is given. */
	workflow(data: IWorkflowBase): Workflow {
		for (const node of data.nodes) this.linkCredentials(node);
		return new Workflow({
			id: data.id,
			name: data.name,
			nodes: data.nodes,
			connections: data.connections,
			active: true,
			nodeTypes: this.nodeTypes,
			settings: { timezone: this.options.timezone ?? 'UTC', ...data.settings },
		});
	}

	/** Starts a run at a node; for the webhook part, which answers before the run ends. */
	start(
		data: IWorkflowBase,
		workflow: Workflow,
		node: INode,
		input: INodeExecutionData[][],
		mode: WorkflowExecuteMode,
		extra: {
			parentExecution?: RelatedExecution;
			additionalData?: Partial<IWorkflowExecuteAdditionalData>;
			onStart?: (cancel: () => void) => void;
			onResponse?: (response: {
				body: unknown;
				headers: Record<string, string>;
				statusCode: number;
			}) => void;
		} = {},
	): StartedRun {
		const executionId = String(++this.lastExecutionId);
		const { parentExecution } = extra;
		const runData = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{ node, data: { main: input }, source: null, metadata: { parentExecution } },
				],
			},
			parentExecution,
		});
		const additionalData = this.additionalData(executionId, data, mode, extra.onResponse);
		Object.assign(additionalData, extra.additionalData);
		const execute = new core.WorkflowExecute(additionalData, mode, runData);
		const begin = async () => {
			const running = execute.processRunExecutionData(workflow);
			let left = this.options.maxNodeRuns ?? 5_000;
			const { hooks } = additionalData as unknown as { hooks: LifecycleHooks };
			hooks.addHandler('nodeExecuteBefore', async () => {
				if (--left <= 0) running.cancel();
			});
			extra.onStart?.(() => running.cancel());
			return await running;
		};
		const finished = begin().catch((error: Error) => refused(runData, mode, error));
		return { executionId, result: finished.then((run) => result(run, executionId)) };
	}

	/** What the host hands to every node of a run. */
	additionalData(
		executionId: string,
		data: IWorkflowBase,
		mode: WorkflowExecuteMode,
		onResponse?: (response: {
			body: unknown;
			headers: Record<string, string>;
			statusCode: number;
		}) => void,
	): IWorkflowExecuteAdditionalData {
		const hooks = new core.ExecutionLifecycleHooks(mode, executionId, data);
		if (onResponse) hooks.addHandler('sendResponse', async (response) => onResponse(response));
		const base = 'http://localhost:5678';
		const fields = {
			executionId,
			workflowId: data.id,
			currentNodeExecutionIndex: 0,
			variables: {},
			hooks,
			instanceBaseUrl: `${base}/`,
			restApiUrl: `${base}/rest`,
			formBaseUrl: `${base}/form`,
			formWaitingBaseUrl: `${base}/form-waiting`,
			formTestBaseUrl: `${base}/form-test`,
			webhookBaseUrl: `${base}/webhook`,
			webhookWaitingBaseUrl: `${base}/webhook-waiting`,
			webhookTestBaseUrl: `${base}/webhook-test`,
			mcpBaseUrl: `${base}/mcp`,
			mcpTestBaseUrl: `${base}/mcp-test`,
			credentialsHelper: this.credentialsHelper(),
			executeWorkflow: async (
				info: IExecuteWorkflowInfo,
				parent: IWorkflowExecuteAdditionalData,
				options: ExecuteWorkflowOptions,
			) => await this.executeWorkflow(info, parent, options),
			getRunExecutionData: async () => undefined,
			getRuntimeCredential: async () => undefined,
			logAiEvent: () => {},
			setExecutionStatus: () => {},
			startRunnerTask: async () => {
				throw new Error('Code nodes need a task runner, which the node tests do not have');
			},
			'data-table': { dataTableProxyProvider: this.tables.provider },
		};
		return fields as unknown as IWorkflowExecuteAdditionalData;
	}

	/** As the host does it: the inline workflow inherits id and settings, items enter at its Execute Workflow Trigger, and the last node's output comes back. */
	private async executeWorkflow(
		info: IExecuteWorkflowInfo,
		parent: IWorkflowExecuteAdditionalData,
		options: ExecuteWorkflowOptions,
	): Promise<ExecuteWorkflowData> {
		let data: IWorkflowBase;
		if (info.id !== undefined) {
			const json = this.options.workflows?.[info.id];
			if (!json) throw new UnexpectedError('Workflow does not exist.');
			data = this.load({ ...json, id: info.id });
		} else if (info.code) {
			data = info.code as IWorkflowBase;
			if (!data.id) data.id = options.parentWorkflowId;
			data.settings ??= options.parentWorkflowSettings;
		} else {
			throw new UnexpectedError(
				'No information about the workflow to execute found. Please provide either the "id" or "code"!',
			);
		}
		const workflow = this.workflow(data);
		const start = data.nodes.find((node) => node.type === 'n8n-nodes-base.executeWorkflowTrigger');
		if (!start) throw new Error('Missing node to start execution');
		const started = this.start(
			data,
			workflow,
			start,
			[options.inputData ?? [{ json: {} }]],
			'integrated',
			{
				parentExecution: options.parentExecution,
				additionalData: parent.httpResponse ? { httpResponse: parent.httpResponse } : {},
			},
		);
		const { executionId } = started;
		this.subExecutions.push({
			executionId,
			parentNode: options.node?.name,
			parentExecution: options.parentExecution,
			workflow: data,
		});
		if (options.doNotWaitToFinish) {
			void started.result;
			return { executionId, data: [null] };
		}
		const { run } = await started.result;
		const { error, lastNodeExecuted, runData } = run.data.resultData;
		if (run.finished !== true) {
			throw revived(
				{
					...error,
					message: error?.message,
					executionId,
					workflowId: data.id,
					stack: error?.stack,
				},
				workflow,
			);
		}
		const runs = (lastNodeExecuted && runData[lastNodeExecuted]) || [];
		const lastRunOnly =
			(options as { returnLastRunOnly?: boolean }).returnLastRunOnly === true ||
			((start.typeVersion ?? 1) < 1.2 && start.parameters?.returnOutput !== 'allRuns');
		return {
			executionId,
			data:
				!lastRunOnly && runs.length > 0
					? mergeRunsPerBranch(runs)
					: ((runs.at(-1)?.data?.main ?? [null]) as ExecuteWorkflowData['data']),
		};
	}

	private credentialsHelper() {
		const held = this.options.credentials ?? {};
		return {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getCredentialsProperties: () => [],
			getDecrypted: async (_additionalData: unknown, _details: unknown, type: string) => {
				if (!held[type]) throw new Error(`The test gives no credential of type ${type}`);
				return structuredClone(held[type]);
			},
		};
	}

	/** Templates are shipped without credentials; here the owner "chooses" the one the test gives. */
	private linkCredentials(node: INode) {
		const type = this.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		for (const { name } of type.description.credentials ?? []) {
			if (!this.options.credentials?.[name] || node.credentials?.[name]) continue;
			node.credentials = { ...node.credentials, [name]: { id: name, name } };
		}
	}

	private sourceNode(workflow: Workflow): string {
		const sources = Object.keys(workflow.nodes).filter(
			(name) => !workflow.connectionsByDestinationNode[name],
		);
		if (sources.length !== 1) {
			throw new Error(`Say which node starts: ${sources.join(', ') || 'none is without an input'}`);
		}
		return sources[0];
	}
}
