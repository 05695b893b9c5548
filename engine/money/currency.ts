/**
 * Decimal places of each currency, from ISO 4217 list one (active codes) and those of list three (withdrawn)
 * that order histories of running shops still hold.
 *
 * Where practice and the standard differ, the standard counts, because it is what the platforms' amounts can be
 * checked against: the Malagasy ariary (MGA) and the ouguiya (MRU) divide by five in daily life but have two
 * places in ISO 4217; HUF, TWD and IDR have two although their coins are gone.
 * Codes without a minor unit (gold, special drawing rights, test codes) are left out: no shop sells in them.
 */
const CODES_BY_EXPONENT: ReadonlyArray<readonly [exponent: number, codes: string]> = [
	[
		2,
		`AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
		CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
		HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
		MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
		SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
		VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
	],
	[0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
	[3, 'BHD IQD JOD KWD LYD OMR TND'],
	[4, 'CLF UYW'],
	// Withdrawn.
	[2, 'ANG BGN CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL'],
	[0, 'BYR'],
];

const EXPONENTS: ReadonlyMap<string, number> = new Map(
	CODES_BY_EXPONENT.flatMap(([exponent, codes]) =>
		codes.split(/\s+/).map((code): [string, number] => [code, exponent]),
	),
);

/**
 * Decimal places of a currency's minor unit by ISO 4217: USD 2, JPY 0, BHD 3, CLF 4.
 * Takes the three-letter code in any case; undefined for a code that is not a currency shops sell in.
 */
export function currencyExponent(code: string): number | undefined {
	return EXPONENTS.get(code) ?? EXPONENTS.get(code.toUpperCase());
}

/** All known codes in alphabetical order, for lists to choose from. */
export function currencies(): string[] {
	return [...EXPONENTS.keys()].sort();
}
