// Whether a record is what somebody types (WEB U2): every word in some text, case and accents folded; digits match phones
// and numbers in any grouping.

/** Text without case and accents. */
export const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** Whether all words of `wanted` (folded) are in the texts, or its digits in one of the numbers. */
export function matches(
  wanted: string,
  texts: readonly (string | null | undefined)[],
  numbers: readonly (string | null | undefined)[] = [],
): boolean {
  if (wanted === "") return true;
  const digits = /^[\d\s+()/.-]+$/.test(wanted) ? digitsOf(wanted) : "";
  if (digits.length > 1 && numbers.some((number) => number && digitsOf(number).includes(digits))) return true;
  const all = fold(texts.filter(Boolean).join(" "));
  return wanted.split(/\s+/).every((word) => all.includes(word));
}
