import { readSharedCsv } from '../../../support/shared-data.cjs';

/** The CDNOW sample as of 1997-09-30, in weeks, exact; empty columns when the data is not there. */
export function cdnowColumns() {
	const rows = readSharedCsv('churn/data/cdnow_sample_cbs.csv') ?? [];
	const column = (name: string, unit = 1) =>
		Float64Array.from(rows, (row) => Number(row[name]) / unit);
	return {
		x: column('x'),
		tx: column('t_x_days', 7),
		T: column('T_days', 7),
		mean: column('m_x'),
	};
}

/** The same rounded to two decimals, as the tests of other packages use it. */
export function cdnowRounded() {
	const rows = readSharedCsv('churn/data/cdnow_lifetimes_summary_with_zbar.csv') ?? [];
	const column = (name: string) => Float64Array.from(rows, (row) => Number(row[name]));
	return { x: column('x'), tx: column('t_x'), T: column('T'), mean: column('zbar') };
}
