import { createHmac } from 'node:crypto';

/** A signature as both platforms make it. */
export function sign(body: string | Buffer, key: string): string {
	return createHmac('sha256', key).update(body).digest('base64');
}
