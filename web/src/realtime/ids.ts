// Ids made by the client: UUIDv7, so that they sort by the time they were made, also within one millisecond. Records made
// while offline get theirs here, and every command its op_id. Not `crypto.randomUUID`: it is missing where the board is
// served over plain http in a house's own network.

const RAND_A = 0xfff;

/** Makes ids, each after the one before. */
export class Ids {
  private last = 0;
  private count = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** A new id, in canonical lower-case text. */
  next(): string {
    const at = Math.max(this.now(), this.last);
    this.count = at > this.last ? 0 : this.count + 1;
    this.last = this.count > RAND_A ? at + 1 : at;
    if (this.count > RAND_A) this.count = 0;
    const time = this.last.toString(16).padStart(12, "0");
    const tail = crypto.getRandomValues(new Uint8Array(8));
    tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80;
    const random = Array.from(tail, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const count = this.count.toString(16).padStart(3, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
  }
}
