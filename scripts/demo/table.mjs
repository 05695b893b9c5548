/** Rows of text as a table for a terminal: columns as wide as their longest cell (numbers to the right), nothing cut. */
export function table(headings, rows) {
	const cells = rows.map((row) => row.map((cell) => String(cell ?? '')));
	const widths = headings.map((heading, column) =>
		Math.max(heading.length, ...cells.map((row) => row[column].length)),
	);
	const numeric = headings.map(
		(_heading, column) =>
			cells.length > 0 && cells.every((row) => /^[+-]?[\d,. ]*$/.test(row[column])),
	);
	const line = (row) =>
		row
			.map((cell, column) =>
				numeric[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
			)
			.join('  ')
			.trimEnd();
	return [
		line(headings),
		widths.map((width) => '─'.repeat(width)).join('  '),
		...cells.map(line),
	].join('\n');
}
