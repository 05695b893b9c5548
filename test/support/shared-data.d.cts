export type CsvRow = Readonly<Record<string, string>>;
export function readSharedCsv(relative: string): CsvRow[] | null;
export function describeWithShared(
	relative: string,
	title: string,
	body: (rows: CsvRow[]) => void,
): void;
