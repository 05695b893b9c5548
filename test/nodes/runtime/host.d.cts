import type {
	ICredentialType,
	IExecuteFunctions,
	INode,
	INodeType,
	IRun,
	IRunExecutionData,
	IVersionedNodeType,
	IWebhookData,
	IWebhookFunctions,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

type AnyNode = INodeType | IVersionedNodeType;

interface Cancelable<T> extends Promise<T> {
	cancel(): void;
}

export interface LifecycleHooks {
	addHandler(hook: 'nodeExecuteBefore', handler: () => Promise<void>): void;
	addHandler(
		hook: 'sendResponse',
		handler: (response: {
			body: unknown;
			headers: Record<string, string>;
			statusCode: number;
		}) => Promise<void>,
	): void;
}

export const core: {
	WorkflowExecute: new (
		additionalData: IWorkflowExecuteAdditionalData,
		mode: WorkflowExecuteMode,
		data: IRunExecutionData,
	) => { processRunExecutionData(workflow: Workflow): Cancelable<IRun> };
	ExecutionLifecycleHooks: new (
		mode: WorkflowExecuteMode,
		executionId: string,
		workflowData: IWorkflowBase,
	) => LifecycleHooks;
	WebhookContext: new (
		workflow: Workflow,
		node: INode,
		additionalData: IWorkflowExecuteAdditionalData,
		mode: WorkflowExecuteMode,
		webhookData: Pick<IWebhookData, 'webhookDescription'>,
		closeFunctions: never[],
		runExecutionData: null,
	) => IWebhookFunctions;
};

export type StubExecute = (
	this: IExecuteFunctions,
) => ReturnType<NonNullable<INodeType['execute']>>;

export function loadBaseNode(name: string): AnyNode | undefined;
export function loadOwnNodes(): { packageName: string; nodes: Record<string, AnyNode> };
export function turn(): Promise<void>;
export function loadOwnCredentials(): ICredentialType[];
