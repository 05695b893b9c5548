import type { IExecuteFunctions, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { loadBaseNode, loadOwnNodes } from './host.cjs';

type AnyNode = INodeType | IVersionedNodeType;

/** Stands in for the `execute` of a node: the description, and so every parameter and expression, stays the real one. */
export type Stub = (this: IExecuteFunctions) => ReturnType<NonNullable<INodeType['execute']>>;

const own = loadOwnNodes();
const loaded = new Map<string, AnyNode>();

function load(type: string): AnyNode {
	const known = loaded.get(type);
	if (known) return known;
	const split = type.lastIndexOf('.');
	const [packageName, name] = [type.slice(0, split), type.slice(split + 1)];
	let node: AnyNode | undefined;
	if (packageName === own.packageName) node = own.nodes[name];
	if (packageName === 'n8n-nodes-base') node = loadBaseNode(name);
	if (!node) throw new Error(`Unrecognized node type: ${type}`);
	loaded.set(type, node);
	return node;
}

/**
 * The host's own nodes, this package's nodes, and what a test adds.
 *
 * @param extra nodes of a test, by full type
 * @param stubs replacements for `execute`, by full type: for nodes that would call the outside world
 */
export function nodeTypes(
	extra: Record<string, AnyNode> = {},
	stubs: Partial<Record<string, Stub>> = {},
): INodeTypes {
	const get = (type: string) => extra[type] ?? load(type);
	return {
		getByName: get,
		getByNameAndVersion: (type, version) => {
			const node = NodeHelpers.getVersionedNodeType(get(type), version);
			const execute = stubs[type];
			// A stand-in calls nobody, so it needs no credential either.
			return execute ? { description: { ...node.description, credentials: [] }, execute } : node;
		},
		getKnownTypes: () => ({}),
	};
}
