// Money as people read it, out of minor units and an ISO 4217 currency. How many digits a currency has is Intl's to know.

const FALLBACK = "EUR";

/** How many digits stand behind the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** 12950, "EUR" → "€129.50" in the reader's own way. */
export function showMoney(minor: number, currency: string | null, locale?: string): string {
  if (currency === null) return String(minor);
  const major = majorOf(minor, currency);
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency }).format(major);
  } catch {
    return `${major} ${currency}`;
  }
}

/** Minor units as the number that people type. */
export function majorOf(minor: number, currency: string): number {
  return minor / 10 ** digitsOf(currency);
}

/** What was typed, in minor units; null where nothing was. */
export function minorOf(typed: number | string, currency: string): number | null {
  const major = typeof typed === "number" ? typed : Number.parseFloat(typed);
  return Number.isFinite(major) ? Math.round(major * 10 ** digitsOf(currency)) : null;
}

/** The currency that the house last wrote down. */
export function usualCurrency(services: Iterable<{ currency: string | null; updated_at: string }>): string {
  let latest = { currency: FALLBACK, at: "" };
  for (const { currency, updated_at } of services) {
    if (currency !== null && updated_at > latest.at) latest = { currency, at: updated_at };
  }
  return latest.currency;
}

/** All currencies to choose from, the usual one first. */
export function currencies(usual: string): string[] {
  return [usual, ...Intl.supportedValuesOf("currency").filter((currency) => currency !== usual)];
}
