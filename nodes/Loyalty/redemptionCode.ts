import { randomBytes } from 'node:crypto';

/** No letters or digits that look alike when read out or written down. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A code nobody can guess: 26 characters of 5 random bits each, 130 in all (rule 29 asks for 128). */
export function redemptionCode(): string {
	return [...randomBytes(26)].map((byte) => ALPHABET[byte & 31]).join('');
}
