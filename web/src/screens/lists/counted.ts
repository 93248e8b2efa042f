// Numbers with what they count, as they stand within a sentence.
import type { Plural } from "@/realtime/schema";
import { kindWord } from "@/widgets/words";

/** `1 call`, `2,430 repairs`. */
export const countedKind = (plural: Plural, count: number): string =>
  `${count.toLocaleString("en")} ${kindWord(plural, count)}`;

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** `12 calls and 1 repair`, of those kinds of which there are any; empty where there are none. */
export function countedKinds(counts: readonly (readonly [Plural, number])[]): string {
  return listed(counts.filter(([, count]) => count > 0).map(([plural, count]) => countedKind(plural, count)));
}
