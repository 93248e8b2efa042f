// One TCP connection of the load: it reads into the buffer that all share, and is told where what it read ends.

import { connect } from "node:net";
import { LANDED, landing } from "./frames.mjs";

export class Wire {
  /** `taken(landed, end)` is called for each read; `lost(why)` once, where the connection ends before `close`. */
  constructor(port, { opened, taken, lost }) {
    let why = "the server has closed the connection";
    const callback = (length) => {
      taken(LANDED, LANDED + length);
      return true;
    };
    this.socket = connect({ host: "127.0.0.1", port, noDelay: true, onread: { buffer: landing, callback } }, opened);
    this.socket.on("error", (error) => {
      why = error.message;
    });
    this.socket.once("close", () => lost(why));
  }

  write(bytes) {
    this.socket.write(bytes);
  }

  close() {
    this.socket.removeAllListeners("close");
    this.socket.destroy();
  }
}
