import type { IDataObject, INode, IWorkflowBase } from 'n8n-workflow';

const START = 'Start';
const WIDTH = 220;

/** The host's Data Table node of the pinned version of its interface. */
export function dataTableNode(name: string, parameters: IDataObject): INode {
	return node(name, 'n8n-nodes-base.dataTable', 1.1, parameters);
}

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: IDataObject,
): INode {
	return {
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		// A node that finds nothing still has to answer.
		alwaysOutputData: true,
	};
}

/**
 * An inline workflow that begins with `first`. It leaves no trace in the list of executions unless it fails.
 * `connections` name, for a node, what stands behind each of its outputs.
 */
export function inlineWorkflow(
	nodes: readonly INode[],
	first: string,
	connections: Readonly<Record<string, ReadonlyArray<string | null>>>,
): IWorkflowBase {
	const start = node(START, 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
		inputSource: 'passthrough',
	});
	const placed = [start, ...nodes].map((one, index) => ({
		...one,
		position: [index * WIDTH, 0] as [number, number],
	}));
	const links = Object.entries({ ...connections, [START]: [first] }).map(([name, targets]) => [
		name,
		{
			main: targets.map((target) =>
				target === null ? [] : [{ node: target, type: 'main' as const, index: 0 }],
			),
		},
	]);
	return {
		id: '',
		name: 'Loyalty ledger',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: placed,
		connections: Object.fromEntries(links),
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveExecutionProgress: false,
		},
	};
}
