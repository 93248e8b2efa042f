// A first password to read out or send to somebody, who must then choose his own.

const ALPHABET = "abcdefghjkmnpqrstuvwxyzACDEFGHJKMNPQRTUVWXY34679";
const GROUPS = 4;
const GROUP = 4;

/** Sixteen letters and digits that are not mistaken for one another on the phone: `kT7m-…`, about 90 bits of chance. */
export function madePassword(): string {
  const letters = Array.from({ length: GROUPS * GROUP }, () => ALPHABET[chance(ALPHABET.length)] ?? "").join("");
  return Array.from({ length: GROUPS }, (_, index) => letters.slice(index * GROUP, (index + 1) * GROUP)).join("-");
}

/** A number below `limit`, each as likely as the others: what lies above the last whole multiple is drawn again. */
function chance(limit: number): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint8Array(1));
  return drawn < 256 - (256 % limit) ? drawn % limit : chance(limit);
}
