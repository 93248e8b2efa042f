// One or two letters for a name in any script, and a tint that stays with an id.

const LETTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

const firstLetter = (word: string) => {
  const first = LETTERS.segment(word)[Symbol.iterator]().next();
  return first.done ? "" : first.value.segment.toLocaleUpperCase();
};

/** The initials of a name: first and last word; one letter where the name has one word, or a script without capitals. */
export function initialsOf(name: string): string {
  const words = name
    .normalize("NFC")
    .split(/[\s\-–_.,()]+/u)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return "?";
  const initial = firstLetter(first);
  const joins = /\p{Script=Arabic}|\p{Script=Devanagari}/u.test(initial);
  return words.length === 1 || joins ? initial : initial + firstLetter(last);
}

/** How many tints there are. */
export const TINTS = 6;

/** The tint of an id: always the same. */
export function tintOf(id: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) mixed = Math.imul(mixed ^ id.charCodeAt(at), 0x01000193);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % TINTS;
}
