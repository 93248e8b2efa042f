// A stream of server-sent events: opened, then counted by a mark that every event of the kind that is meant bears once.

import { bytesOf, prepended, textOf } from "./frames.mjs";
import { Wire } from "./wire.mjs";

const NOTHING = Buffer.alloc(0);

export class EventStream {
  #wire;
  #mark;
  #counted;
  #opening = "";
  #settle;
  #tail = NOTHING; // what was read before and may be the beginning of a mark
  events = 0;

  /** `opened` is settled with the text up to the end of the first event, which is not counted. */
  constructor(port, path, { mark, counted, lost }) {
    this.#mark = mark;
    this.#counted = counted;
    this.opened = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`;
    const opened = () => this.#wire.write(request);
    this.#wire = new Wire(port, { opened, taken: (landed, end) => this.#taken(landed, end), lost });
  }

  close() {
    this.#wire.close();
  }

  #taken(landed, end) {
    if (this.#settle) this.#open(textOf(landed, end));
    else this.#count(bytesOf(prepended(this.#tail, landed), end));
  }

  #open(text) {
    this.#opening += text;
    if (!this.#opening.includes("\n\n")) return;
    this.#settle(this.#opening);
    this.#settle = null;
  }

  #count(bytes) {
    let events = 0;
    let rest = 0;
    for (let at = bytes.indexOf(this.#mark); at >= 0; at = bytes.indexOf(this.#mark, rest)) {
      events += 1;
      rest = at + this.#mark.length;
    }
    this.#tail = Buffer.from(bytes.subarray(Math.max(rest, bytes.length - this.#mark.length + 1)));
    this.events += events;
    if (events > 0) this.#counted(events);
  }
}
