export interface HmacVector {
	readonly id: string;
	readonly secret: string;
	readonly body: string;
	readonly signature: string;
	readonly valid: boolean;
}
export function describeWithVectors(
	platform: string,
	title: string,
	body: (vectors: readonly HmacVector[]) => void,
): void;
