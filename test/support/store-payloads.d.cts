export interface StorePayload {
	readonly file: string;
	readonly raw: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly topic: string | null;
}
export function readStorePayloads(platform: string): StorePayload[] | null;
export function describeWithPayloads(
	platform: string,
	title: string,
	body: (payloads: readonly StorePayload[]) => void,
): void;
