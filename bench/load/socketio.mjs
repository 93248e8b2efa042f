// A Socket.IO session over a bare WebSocket: opens, connects with a token, answers pings, emits and takes its acks.

import { WebSocketWire } from "./websocket.mjs";

const PATH = "/socket.io/?EIO=4&transport=websocket";

export class SocketIo {
  #wire;
  #acks = new Map();
  #asked = 0;
  #settle;
  #isOpen = false;

  /**
   * `event` is the name of the events that are counted; `welcome` that of the one which says that all is ready, where
   * there is one beyond the protocol's own. `opened` is settled then. `auth` is what is said beside the token.
   */
  constructor(port, { token, event, welcome, counted = () => {}, auth = {} }) {
    this.welcome = welcome && `42["${welcome}"`;
    this.auth = JSON.stringify({ token, ...auth });
    this.opened = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    const lost = (why) => this.#lost(why);
    const handed = (text) => this.#handed(text);
    this.#wire = new WebSocketWire(port, PATH, { prefix: `42["${event}"`, handed, counted, lost });
  }

  /** Events heard so far. */
  get events() {
    return this.#wire.events;
  }

  /** Emits `name` with arguments that are JSON already; `acked(text)` is called with the JSON array of the answer. */
  emit(name, args, acked) {
    this.#asked += 1;
    this.#acks.set(this.#asked, acked);
    this.#wire.send(`42${this.#asked}["${name}",${args}]`);
  }

  /** Emits what nobody answers. */
  tell(name, args) {
    this.#wire.send(`42["${name}",${args}]`);
  }

  close() {
    this.#wire.close();
  }

  #handed(text) {
    if (text.startsWith("43")) this.#acked(text);
    else if (text.startsWith("44")) this.#settle.reject(new Error(`refused: ${text}`));
    else if (text === "2") this.#wire.send("3");
    else if (text[0] === "0") this.#wire.send(`40${this.auth}`);
    else if (this.welcome ? text.startsWith(this.welcome) : text.startsWith("40")) this.#open();
  }

  #acked(text) {
    const start = text.indexOf("[");
    const id = Number(text.slice(2, start));
    const acked = this.#acks.get(id);
    this.#acks.delete(id);
    acked(text.slice(start));
  }

  #open() {
    this.#isOpen = true;
    this.#settle.resolve();
  }

  /** Whoever waits for `opened` is told; later nobody would be, so the run ends. */
  #lost(why) {
    if (this.#isOpen) throw new Error(`a connection was lost: ${why}`);
    this.#settle.reject(new Error(why));
  }
}
