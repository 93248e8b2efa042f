// Many real socket.io-clients in one process, driven line by line: a JSON command in, JSON reports out, in order.
// Commands: connect {who, url, token, resources, cursor, options} · emit {who, ref, event, args} · close {who}.
// Each keeps its cursor as the contract says, so that a reconnect of its own resumes where it was.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const crowd = new Map();
const report = (who, kind, rest) => process.stdout.write(JSON.stringify({ who, kind, ...rest }) + "\n");

class Client {
  constructor(who, { url, token, resources, cursor, options }) {
    this.who = who;
    this.held = { token, resources, cursor };
    this.socket = io(url, { forceNew: true, ...options, auth: (give) => give(this.held) });
    const { socket } = this;
    socket.on("connect", () => report(who, "connect", { transport: socket.io.engine.transport.name }));
    socket.on("disconnect", (reason) => report(who, "disconnect", { reason }));
    socket.on("connect_error", (error) => report(who, "connect_error", { message: error.message, data: error.data ?? null }));
    socket.onAny((event, ...args) => this.told(event, args));
  }

  told(event, args) {
    const [data, meta] = args;
    if (meta?.cursor && this.held.cursor) this.held.cursor = meta.cursor;
    if (event === "ready") this.held.cursor = data.snapshot_required ? undefined : data.cursor;
    if (event === "cursor" && this.held.cursor) this.held.cursor = data.cursor;
    if (event === "snapshot_required") this.held.cursor = undefined;
    report(this.who, "event", { event, args });
  }

  emit({ ref, event, args }) {
    this.socket.emit(event, ...args, (answer) => {
      if (event === "snapshot" && answer.ok && answer.data.next === null) this.held.cursor = answer.data.cursor;
      report(this.who, "ack", { ref, answer });
    });
  }
}

const commands = {
  connect: (command) => crowd.set(command.who, new Client(command.who, command)),
  emit: (command) => crowd.get(command.who).emit(command),
  close: ({ who }) => crowd.get(who)?.socket.close(),
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
