import { eventResource } from './event';
import { memberResource } from './member';
import type { Resource } from './operation';
import { pointResource } from './point';
import { programResource } from './program';
import { upkeepResource } from './upkeep';

/** Every resource of the node, one line each. */
export const resources: readonly [Resource, ...Resource[]] = [
	eventResource,
	memberResource,
	pointResource,
	programResource,
	upkeepResource,
];
