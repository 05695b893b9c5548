import type { INode } from 'n8n-workflow';
import { workflowFiles, type WorkflowFile } from '../support/workflow-files.cjs';

const STICKY = 'n8n-nodes-base.stickyNote';
const YELLOW = 1;
const WHITE = 7;

describe.each(workflowFiles())('%s', (file, workflow) => {
	const stickies = workflow.nodes.filter(({ type }) => type === STICKY);
	const others = workflow.nodes.filter(({ type }) => type !== STICKY);

	it('has a name that begins with its number', () => {
		expect(workflow.name.split(' ')[0]).toBe(file.split('-')[0]);
	});

	it('runs in the current execution order and is not published yet', () => {
		expect(workflow.settings.executionOrder).toBe('v1');
		expect(workflow.active ?? false).toBe(false);
	});

	it('has one yellow overview at the top left, with 100 to 300 words', () => {
		const [overview, ...more] = stickies.filter(({ parameters }) => parameters.color === YELLOW);
		expect(more).toEqual([]);
		const text = String(overview.parameters.content);
		expect(text).toContain('### How it works');
		expect(text).toContain('### Setup');
		const words = text.split(/\s+/).length;
		expect(words).toBeGreaterThanOrEqual(100);
		expect(words).toBeLessThanOrEqual(300);
		for (const { position } of workflow.nodes) {
			expect(overview.position[0]).toBeLessThanOrEqual(position[0]);
			expect(overview.position[1]).toBeLessThanOrEqual(position[1]);
		}
	});

	it('has white section notes of less than 50 words that do not overlap', () => {
		const sections = stickies.filter(({ parameters }) => parameters.color !== YELLOW);
		for (const section of sections) {
			expect(section.parameters.color).toBe(WHITE);
			expect(String(section.parameters.content).split(/\s+/).length).toBeLessThan(50);
		}
		const overlaps = stickies.flatMap((left, place) =>
			stickies.slice(place + 1).filter((right) => overlap(left, right)),
		);
		expect(overlaps.map(({ name }) => name)).toEqual([]);
	});

	it('has nodes with telling names, all connected, none on top of another', () => {
		expect(new Set(workflow.nodes.map(({ name }) => name)).size).toBe(workflow.nodes.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(workflow.nodes.length);
		const places = others.map(({ position }) => position.join());
		expect(new Set(places).size).toBe(others.length);
		const connected = connectedNodes(workflow);
		for (const { name } of others) {
			expect(name).not.toMatch(/\d$/);
			expect(connected).toContain(name);
		}
	});

	it('carries no credential, no webhook id and no data', () => {
		for (const node of workflow.nodes) {
			expect(node.credentials).toBeUndefined();
			expect(node.webhookId).toBeUndefined();
		}
		expect(workflow.pinData ?? {}).toEqual({});
		expect(workflow.id).toBeUndefined();
	});
});

function overlap(left: INode, right: INode): boolean {
	const [leftX, leftY] = left.position;
	const [rightX, rightY] = right.position;
	return (
		leftX < rightX + Number(right.parameters.width) &&
		rightX < leftX + Number(left.parameters.width) &&
		leftY < rightY + Number(right.parameters.height) &&
		rightY < leftY + Number(left.parameters.height)
	);
}

function connectedNodes(workflow: WorkflowFile): Set<string> {
	const names = new Set(Object.keys(workflow.connections));
	for (const outputs of Object.values(workflow.connections)) {
		for (const connections of Object.values(outputs).flat()) {
			for (const { node } of connections ?? []) names.add(node);
		}
	}
	return names;
}
