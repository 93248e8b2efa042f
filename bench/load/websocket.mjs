// A bare WebSocket client: the handshake, text out, and frames in as `frames.mjs` walks them.

import { randomBytes } from "node:crypto";
import { textOf, Walker } from "./frames.mjs";
import { Wire } from "./wire.mjs";

const HEAD = "\r\n\r\n";

export class WebSocketWire {
  #wire;
  #walker;
  #counted;
  #upgraded = false;
  events = 0;

  /** `prefix` is how the text of an event begins; `handed(text)` takes all other texts, `counted(n)` new events. */
  constructor(port, path, { prefix, handed, counted, lost }) {
    this.#walker = new Walker(prefix, handed);
    this.#counted = counted;
    const opened = () => this.#wire.write(handshake(path));
    this.#wire = new Wire(port, { opened, taken: (landed, end) => this.#taken(landed, end), lost });
  }

  #taken(landed, end) {
    const at = this.#upgraded ? landed : this.#upgrade(landed, end);
    const events = at < end ? this.#walker.take(at, end) : 0;
    if (events === 0) return;
    this.events += events;
    this.#counted(events);
  }

  #upgrade(landed, end) {
    const answer = textOf(landed, end);
    const head = answer.indexOf(HEAD);
    if (!answer.startsWith("HTTP/1.1 101") || head < 0) throw new Error(`no upgrade: ${answer.slice(0, 200)}`);
    this.#upgraded = true;
    return landed + head + HEAD.length;
  }

  send(text) {
    this.#wire.write(masked(text));
  }

  close() {
    this.#wire.close();
  }
}

const handshake = (path) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nSec-WebSocket-Version: 13\r\n\r\n`;

/** One frame of text, which must be ASCII. A mask of zeros is a mask. */
function masked(text) {
  const size = text.length;
  const header = size < 126 ? 6 : 8;
  const frame = Buffer.alloc(header + size);
  frame[0] = 0x81;
  frame[1] = 0x80 | Math.min(size, 126);
  if (size > 125) frame.writeUInt16BE(size, 2);
  frame.latin1Write(text, header);
  return frame;
}
