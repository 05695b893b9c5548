import { table } from './table.mjs';

const signed = (points) => (points > 0 ? `+${points}` : String(points));

/** Prints what each member got and why, what went out, and what was not as it should be. Gives true if all was. */
export function report({ members, told, checks }, print) {
	print('');
	print(
		table(
			['Member', 'Points to spend', 'Pending', 'Tier'],
			members.map((member) => [
				`${member.name} <${member.email}>`,
				member.spendable_points ?? 0,
				member.pending_points ?? 0,
				member.tier || '–',
			]),
		),
	);
	print('');
	print(
		table(
			['Why', 'Points', 'What the ledger says'],
			members.flatMap(({ name, rows }) =>
				rows.map(({ points, summary }) => [name, signed(points), summary]),
			),
		),
	);
	print('');
	print(table(['Went to', 'What', 'Answer'], told));
	print('');
	const bad = checks.filter(({ good }) => !good);
	for (const { what, detail } of bad) print(`NOT AS IT SHOULD BE  ${what}: ${detail}`);
	print(`${checks.length - bad.length} of ${checks.length} things came out as they should.`);
	return bad.length === 0;
}
