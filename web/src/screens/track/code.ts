// The tracking code on the customer's slip: 12 signs without those that people mix up, read as it is typed, in small
// letters and in groups, and shown in groups of four. It stands in for a sign-in, so it is never kept anywhere.

const LENGTH = 12;
const SIGNS = /^[2-9A-HJKMNP-Z]+$/;

/** The code in what was typed; null where it cannot be one. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s\-–—.]/g, "");
  return code.length === LENGTH && SIGNS.test(code) ? code : null;
}

/** In groups of four, to be read aloud: ABCD-EFGH-JKMN. */
export function sayCode(code: string): string {
  return code.match(/.{1,4}/g)?.join("-") ?? "";
}

/** What is wrong with what was typed, in a sentence; null where it may be a code. */
export function whatIsWrong(text: string): string | null {
  if (readCode(text) !== null) return null;
  const signs = text.toUpperCase().replace(/[\s\-–—.]/g, "");
  if (signs === "") return "Type the code on your slip.";
  if (/[01OIL]/.test(signs)) return "Codes have no 0, 1, O, I or L: look at the slip again.";
  return `A code has 12 letters and digits; this one has ${signs.length}.`;
}
