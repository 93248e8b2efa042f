// A keep-alive HTTP connection for one request at a time: what is sent again and again to a server without sockets.

import { textOf } from "./frames.mjs";
import { Wire } from "./wire.mjs";

export class HttpWire {
  #answer = "";
  #answered;
  #wire;

  constructor(port, lost) {
    this.opened = new Promise((opened) => {
      this.#wire = new Wire(port, { opened, taken: (landed, end) => this.#taken(landed, end), lost });
    });
  }

  /** Sends a request; `answered(body)` is called with the text of what came back with 2xx, anything else ends the run. */
  ask(method, path, token, body, answered) {
    this.#answered = answered;
    const authorization = token ? `Authorization: ${token}\r\n` : "";
    this.#wire.write(
      `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }

  close() {
    this.#wire.close();
  }

  #taken(landed, end) {
    this.#answer += textOf(landed, end);
    const body = bodyOf(this.#answer);
    if (body === null) return;
    if (!/^HTTP\/1\.1 2/.test(this.#answer)) throw new Error(`refused: ${this.#answer}`);
    this.#answer = "";
    this.#answered(body);
  }
}

/** The body of an answer, chunks and all, or null while it is not whole. */
function bodyOf(answer) {
  const head = answer.indexOf("\r\n\r\n");
  if (head < 0) return null;
  const body = answer.slice(head + 4);
  const length = /\r\nContent-Length: (\d+)/i.exec(answer.slice(0, head))?.[1];
  if (length !== undefined) return body.length >= Number(length) ? body : null;
  return /^HTTP\/1\.1 204/.test(answer) || body.endsWith("0\r\n\r\n") ? body : null;
}
