import { prepareCredentials, standInCredentials } from '../../../scripts/host/index.mjs';
import { operationFlow, published, SECRET, storeFlow } from './flows.mjs';
import { sharedWorld } from './n8n.mjs';

export const LEDGER = 'loyalty_ledger';
export const MEMBERS = 'loyalty_members';

const body = (name) => `={{ $json.body.${name} }}`;

/** One point a euro, spendable at once, 100 points worth 1 euro: easy to reckon with. */
const PROGRAM = {
	name: 'Corner Roastery Club',
	currency: 'EUR',
	timeZone: 'Europe/Berlin',
	pending: { mode: 'none' },
	redemption: { points: 100, worth: '1', step: 100, minimum: 100, maxShareOfBasket: '100' },
};

export async function publishProgram(client) {
	const program = await published(
		client,
		operationFlow('Publish the programme', {
			resource: 'program',
			operation: 'publish',
			define: 'json',
			programJson: body('document'),
		}),
	);
	return await program.call({ document: JSON.stringify(PROGRAM) });
}

/**
 * The shared n8n with a published programme, a flow for each platform, and what an operator would ask for:
 * `member(email)`, `redeem(...)`, `award(...)`, `rebuild()`, `view()` (the members table without what changes by itself).
 */
async function openShop() {
	const world = await sharedWorld();
	const { client } = world;
	const credentials = await prepareCredentials(
		client,
		[storeFlow('', 'shopify')],
		standInCredentials({ signingSecret: SECRET, mailbox: world.mailbox }),
	);
	const publish = (flow) => published(client, flow, credentials);
	const [shopify, woocommerce, member, award, redeem, rebuild] = await Promise.all([
		publish(storeFlow('Orders of the Shopify shop', 'shopify')),
		publish(storeFlow('Orders of the WooCommerce shop', 'woocommerce')),
		publish(
			operationFlow('Look a member up', {
				resource: 'member',
				operation: 'get',
				member: body('member'),
				simplify: false,
			}),
		),
		publish(
			operationFlow('Award points', {
				resource: 'point',
				operation: 'award',
				member: body('member'),
				points: body('points'),
				requestId: body('requestId'),
				reason: 'For a test',
			}),
		),
		publish(
			operationFlow('Redeem points', {
				resource: 'point',
				operation: 'redeem',
				member: body('member'),
				points: body('points'),
				requestId: body('requestId'),
			}),
		),
		publish(
			operationFlow('Rebuild the members table', { resource: 'upkeep', operation: 'rebuild' }),
		),
	]);
	await publishProgram(client);
	return {
		...world,
		shopify,
		woocommerce,
		member: (email) => member.call({ member: email }),
		award: (email, points, requestId) => award.call({ member: email, points, requestId }),
		redeem: (email, points, requestId) => redeem.call({ member: email, points, requestId }),
		rebuild: () => rebuild.call(),
		/** What the members table says, by member; without ids of rows, times of writing and leases. */
		async view() {
			const rows = await client.rows(MEMBERS);
			return rows
				.map(
					({ id: _id, createdAt: _c, updatedAt: _u, lock_owner: _o, lock_until: _l, ...row }) =>
						row,
				)
				.sort((a, b) => a.member_id.localeCompare(b.member_id));
		},
		ledger: () => client.rows(LEDGER),
		/** Why the last run of a flow skipped what it got, as the Loyalty node says on its second output. */
		async lastReason(flow) {
			const [{ id }] = await client.untilRun(flow);
			return (await client.execution(id))
				.items('Loyalty', 1)
				.map(({ reason }) => reason)
				.join(' ');
		},
	};
}

let shop;

export function sharedShop() {
	shop ??= openShop();
	return shop;
}
