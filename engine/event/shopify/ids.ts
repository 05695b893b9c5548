import type { Body } from '../body';
import { field } from '../body';
import type { Id } from '../identity';
import { idAt } from '../identity';

/**
 * The id of a Shopify object: from `admin_graphql_api_id`, whose digits survive every JSON parser, else from `id`.
 */
export function shopifyId(body: Body | undefined): Id {
	const gid = field(body, 'admin_graphql_api_id');
	const fromGid =
		typeof gid === 'string' ? /^gid:\/\/shopify\/\w+\/(\d{1,40})(?:\?|$)/.exec(gid) : null;
	return fromGid?.[1] ?? idAt(body, 'id');
}
