import type { Resource } from '../operation';
import { enrollMember } from './enroll.operation';
import { getMember } from './get.operation';
import { getManyMembers } from './getMany.operation';

export const memberResource: Resource = {
	value: 'member',
	name: 'Member',
	operations: [enrollMember, getMember, getManyMembers],
};
