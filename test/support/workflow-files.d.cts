import type { IConnections, INode, IWorkflowSettings } from 'n8n-workflow';

export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: IWorkflowSettings;
	[more: string]: unknown;
}

export function workflowFiles(): Array<[file: string, workflow: WorkflowFile]>;
export function workflowFile(start: string): WorkflowFile;
export function readWorkflowsPage(): string;
