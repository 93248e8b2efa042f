// Socket.IO on Node as its documentation recommends: the `ws` engine as shipped, no compression (the default), WebSocket
// alone. A client that is let in may ask for a burst of events to everybody.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Server } from "socket.io";

const EVENT = "call_updated";
const call = JSON.parse(readFileSync(new URL("../event.json", import.meta.url), "utf8"));

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

const fans = {
  burst(events) {
    for (let n = 0; n < events; n += 1) io.emit(EVENT, call);
  },
  async turns(events) {
    for (let n = 0; n < events; n += 1) {
      io.emit(EVENT, call);
      await nextTurn();
    }
  },
};

io.use((socket, next) => next(socket.handshake.auth.token === process.env.TOKEN ? undefined : new Error("not let in")));
io.on("connection", (socket) => socket.on("fan", ({ events, mode }) => fans[mode](events)));
http.listen(Number(process.env.PORT), "127.0.0.1");
