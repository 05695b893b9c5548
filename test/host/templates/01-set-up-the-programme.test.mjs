import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { openTemplates } from '../support/templates.mjs';

const newest = async (client) => (await client.rows('loyalty_programs')).at(-1);

describe('template 01, the form', () => {
	let shop;

	before(async () => {
		shop = await openTemplates();
	});

	it('puts the answers in force as a new version and says so', async () => {
		const page = await shop.setUp({ redemptionWorth: 2, tier3Name: 'Ruby', tier3Threshold: 900 });
		const row = await newest(shop.client);
		assert.match(
			page.text,
			new RegExp(`Version ${row.version} of Corner Roastery Club is in force`),
		);
		assert.match(page.text, /100 points are worth 2 EUR\. Tiers: Silver, Gold, Ruby\./);
		const program = JSON.parse(row.document);
		assert.deepEqual(
			program.tiers.levels.map(({ name, threshold, multiplier }) => [name, threshold, multiplier]),
			[
				['Silver', '200', '1.25'],
				['Gold', '500', '1.5'],
				['Ruby', '900', '1'],
			],
		);
		assert.equal(program.pending.mode, 'none');
		assert.deepEqual([program.expiry.mode, program.expiry.months], ['perLot', 12]);
	});

	it('says that nothing changed when the answers are the same, and publishes nothing', async () => {
		const before = await newest(shop.client);
		const page = await shop.setUp({ redemptionWorth: 2, tier3Name: 'Ruby', tier3Threshold: 900 });
		assert.match(page.text, new RegExp(`Nothing changed: version ${before.version}`));
		assert.equal((await newest(shop.client)).version, before.version);
	});

	it('says field by field what is wrong, and publishes nothing', async () => {
		const before = await newest(shop.client);
		const page = await shop.setUp({ tier2Threshold: 100, redemptionWorth: 0.001, basePer: 0.001 });
		assert.match(page.text, /Not published yet/);
		assert.match(page.text, /Tier 2 \(Gold\) › Threshold must be higher than that of Silver/);
		assert.match(page.text, /Redemption › Worth .*decimals that EUR knows/);
		assert.match(page.text, /Per Amount .*decimals that EUR knows/);
		assert.equal((await newest(shop.client)).version, before.version);
	});

	it('takes a shop without tiers, without expiry and with points after the return window', async () => {
		const page = await shop.setUp({
			pendingDays: 30,
			expiryMonths: 0,
			tier1Name: '',
			tier2Name: '',
		});
		assert.match(page.text, /There are no tiers\./);
		const program = JSON.parse((await newest(shop.client)).document);
		assert.deepEqual(program.tiers.levels, []);
		assert.equal(program.expiry.mode, 'never');
		assert.deepEqual([program.pending.mode, program.pending.days], ['days', 30]);
		await shop.setUp();
	});

	it('works unpublished, by "Execute workflow", so that nobody but its owner can open the form', async () => {
		const { client } = shop;
		const { name, nodes, connections, settings } = shop.flow('01');
		const copy = await client.importWorkflow({
			name,
			connections,
			settings,
			nodes: nodes.map((node) => ({ ...node, webhookId: undefined })),
		});
		await client.rest('POST', `/workflows/${copy.id}/run`, {
			workflowData: copy,
			triggerToStartFrom: { name: shop.flow('01').trigger },
		});
		const url = client.urlOf(copy, shop.flow('01').trigger).replace('/form/', '/form-test/');
		const form = new FormData();
		const trigger = copy.nodes.find((node) => node.name === shop.flow('01').trigger);
		for (const [index, field] of trigger.parameters.formFields.values.entries())
			form.append(
				`field-${index}`,
				field.fieldName === 'programName' ? 'Tried in the editor' : (field.defaultValue ?? ''),
			);
		assert.equal((await fetch(url, { method: 'POST', body: form })).status, 200);
		const until = Date.now() + 20_000;
		while ((await newest(client)).name !== 'Tried in the editor' && Date.now() < until)
			await new Promise((resolve) => setTimeout(resolve, 100));
		assert.equal((await newest(client)).name, 'Tried in the editor');
		await shop.setUp();
	});
});
