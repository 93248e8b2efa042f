// A line to a server, as networks are: it can be cut and mended, and it can be one of those that let no WebSocket through,
// or hold back every stream.

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";

/** What a line may refuse to carry. */
export type Cargo = "sockets" | "streams";

export class Line {
  private readonly open = new Set<Socket>();
  private refused: ReadonlySet<Cargo> = new Set();
  private isCut = false;

  private constructor(
    private readonly front: Server,
    private readonly port: number,
  ) {
    front.on("connection", (socket: Socket) => this.keep(socket));
    front.on("request", (asked, answer) => this.pass(asked, answer));
    front.on("upgrade", (asked, socket, head) => this.passOn(asked, socket as Socket, head));
  }

  /** A line to this port of this machine. */
  static async open(port: number): Promise<Line> {
    const front = createServer().listen(0, "127.0.0.1");
    await once(front, "listening");
    return new Line(front, port);
  }

  get url(): string {
    const address = this.front.address();
    if (address === null || typeof address === "string") throw new Error("The line is closed.");
    return `http://localhost:${address.port}`;
  }

  /** Nothing gets through any more; what was open is gone. */
  cut(): void {
    this.isCut = true;
    this.drop();
  }

  /** As if nothing had been. */
  mend(): void {
    this.isCut = false;
  }

  /** From now on this line carries neither of these; what was open is gone. */
  refuse(...cargo: Cargo[]): void {
    this.refused = new Set(cargo);
    this.drop();
  }

  async close(): Promise<void> {
    this.cut();
    this.front.close();
    await once(this.front, "close");
  }

  private drop(): void {
    for (const socket of this.open) socket.destroy();
  }

  private keep(socket: Socket): void {
    if (this.isCut) {
      socket.destroy();
      return;
    }
    this.open.add(socket);
    socket.on("close", () => this.open.delete(socket));
    socket.on("error", () => socket.destroy());
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.refused.has("streams") && /\/realtime\b/.test(asked.url ?? "")) {
      answer.writeHead(502).end();
      return;
    }
    const { method, url: path, headers } = asked;
    const onward = request({ host: "127.0.0.1", port: this.port, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
      answered.on("error", () => answer.destroy());
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }

  private passOn(asked: IncomingMessage, socket: Socket, head: Buffer): void {
    if (this.refused.has("sockets")) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    const onward = connect(this.port, "127.0.0.1", () => {
      const lines = asked.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
      onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  }
}
