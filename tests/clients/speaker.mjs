// A real socket.io-client that a test drives: one JSON command per line in, one JSON report per line out.
// Commands: connect {url, options} · emit {event, args, ack} · burst {event, count} · close.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

let socket;
const report = (kind, rest) => process.stdout.write(JSON.stringify({ kind, ...rest }) + "\n");

function connect({ url, options }) {
  socket = io(url, options);
  socket.on("connect", () => report("connect", { transport: socket.io.engine.transport.name }));
  socket.on("disconnect", (reason) => report("disconnect", { reason }));
  socket.on("connect_error", (error) => report("connect_error", { message: error.message, data: error.data ?? null }));
  socket.io.on("reconnect", () => report("reconnect", {}));
  socket.io.engine.on("upgrade", (transport) => report("upgrade", { transport: transport.name }));
  socket.onAny((event, ...args) => report("event", { event, args }));
}

function emit({ event, args }) {
  socket.emit(event, ...args, (...answer) => report("ack", { answer }));
}

function burst({ event, count }) {
  for (let number = 0; number < count; number += 1) {
    socket.emit(event, number, (...answer) => report("ack", { answer }));
  }
}

const commands = { connect, emit, burst, close: () => socket.close(), exit: () => process.exit(0) };
createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
