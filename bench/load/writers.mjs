// People who listen to everything and write: one class for the servers that speak Socket.IO, one for PocketBase. Each
// makes a record of its own and changes it whenever it is asked to.

import { HttpWire } from "./http.mjs";
import { SocketIo } from "./socketio.mjs";
import { EventStream } from "./sse.mjs";
import { FIELDS, VOCABULARIES } from "./vocabularies.mjs";

const lost = (why) => {
  throw new Error(`a connection was lost: ${why}`);
};

/** Listens and writes on one connection. */
export class SocketWriter {
  #words;
  #session;
  #id;
  #salt;

  constructor({ port, peer, token, salt, counted }) {
    this.#words = VOCABULARIES[peer];
    this.#salt = salt;
    const { event, welcome } = this.#words;
    this.#session = new SocketIo(port, { token, event, welcome, counted });
  }

  get opened() {
    return this.#session.opened;
  }

  get events() {
    return this.#session.events;
  }

  /** Makes the record. */
  create() {
    return new Promise((resolve) => {
      this.#emit(this.#words.create, (text) => {
        this.#id = this.#words.idOf(...JSON.parse(text));
        resolve();
      });
    });
  }

  /** Changes it for the nth time; `done()` when that is acknowledged. */
  update(n, done) {
    this.#emit(this.#words.update(this.#id, `Bench ${n}`, `${this.#salt}-${n}`), done);
  }

  close() {
    this.#session.close();
  }

  #emit([name, args], done) {
    this.#session.emit(name, args, (text) => {
      if (!text.startsWith(this.#words.accepted)) throw new Error(`refused: ${text.slice(0, 300)}`);
      done(text);
    });
  }
}

const RECORDS = "/api/collections/calls/records";
const REALTIME = "/api/realtime";
const UPDATED = '"action":"update"}';

/** Listens on a stream and writes over a kept HTTP connection, as PocketBase's own client does. */
export class PocketBaseWriter {
  #token;
  #stream;
  #http;
  #id;

  constructor({ port, token, counted }) {
    this.#token = token;
    this.#stream = new EventStream(port, REALTIME, { mark: UPDATED, counted, lost });
    this.#http = new HttpWire(port, lost);
    this.opened = this.#subscribe();
  }

  get events() {
    return this.#stream.events;
  }

  async create() {
    const record = await this.#ask("POST", RECORDS, FIELDS);
    this.#id = JSON.parse(record).id;
  }

  update(n, done) {
    this.#http.ask("PATCH", `${RECORDS}/${this.#id}`, this.#token, `{"title":"Bench ${n}"}`, done);
  }

  close() {
    this.#stream.close();
    this.#http.close();
  }

  async #subscribe() {
    const [opening] = await Promise.all([this.#stream.opened, this.#http.opened]);
    const clientId = /"clientId":"([^"]+)"/.exec(opening)[1];
    await this.#ask("POST", REALTIME, { clientId, subscriptions: ["calls/*"] });
  }

  #ask(method, path, body) {
    return new Promise((resolve) => {
      this.#http.ask(method, path, this.#token, JSON.stringify(body), resolve);
    });
  }
}

/** Somebody who writes to this server. */
export const writerFor = (options) =>
  options.peer === "pocketbase" ? new PocketBaseWriter(options) : new SocketWriter(options);
