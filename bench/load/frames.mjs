// WebSocket frames, walked in place: all sockets read into one buffer, little but the headers is looked at, and events
// are counted unread. What the end of a read cuts off is carried to just before the next one: nothing else is copied.

export const LANDED = 256 * 1024; // where a read begins; before it is room for what was carried
const LANDING = 256 * 1024;

const arena = Buffer.allocUnsafeSlow(LANDED + LANDING);
/** Where all sockets read into. */
export const landing = arena.subarray(LANDED);
/** What stands between two places of the buffer. */
export const textOf = (start, stop) => arena.latin1Slice(start, stop);
/** The same as bytes, good until the next read. */
export const bytesOf = (start, stop) => arena.subarray(start, stop);

/** Puts what was carried over right before what has landed, and tells where it begins. */
export function prepended(carried, landed) {
  const at = landed - carried.length;
  if (at < 0) throw new Error("a message that must be seen whole is too long");
  carried.copy(arena, at);
  return at;
}

const NOTHING = Buffer.alloc(0);
const TEXT = 0x81;

/** The frames of one connection. Texts that begin with `prefix` are events: counted. Other texts are handed over. */
export class Walker {
  #carried = NOTHING;
  #left = 0; // bytes of an event that are still to come
  #prefix;
  #handed;

  constructor(prefix, handed) {
    this.#prefix = Buffer.from(prefix);
    this.#handed = handed;
  }

  /** Walks what was read, from `landed` to `end`; tells how many events are whole by it. */
  take(landed, end) {
    const begun = this.#left > 0;
    const at = begun ? this.#pass(landed, end) : this.#prepend(landed);
    return this.#left > 0 ? 0 : this.#walk(at, end) + (begun ? 1 : 0);
  }

  #pass(at, end) {
    const part = Math.min(this.#left, end - at);
    this.#left -= part;
    return at + part;
  }

  #prepend(landed) {
    if (this.#carried === NOTHING) return landed;
    const at = prepended(this.#carried, landed);
    this.#carried = NOTHING;
    return at;
  }

  #walk(from, end) {
    let at = from;
    let events = 0;
    while (end - at >= 2) {
      let size = arena[at + 1] & 127;
      const start = at + (size < 126 ? 2 : size === 126 ? 4 : 10);
      if (start > end) break;
      if (size > 125) size = size === 126 ? arena.readUInt16BE(at + 2) : arena.readUInt32BE(at + 6);
      if (end - start < Math.min(size, this.#prefix.length)) break;
      const stop = start + size;
      if (this.#isEvent(start, size)) {
        if (stop > end) {
          this.#left = stop - end;
          return events;
        }
        events += 1;
      } else if (stop > end) break;
      else if (arena[at] === TEXT) this.#handed(textOf(start, stop));
      at = stop;
    }
    if (at < end) this.#carried = Buffer.from(arena.subarray(at, end));
    return events;
  }

  #isEvent(start, size) {
    const prefix = this.#prefix;
    if (size < prefix.length) return false;
    for (let place = 0; place < prefix.length; place += 1) if (arena[start + place] !== prefix[place]) return false;
    return true;
  }
}
