// A Callboard server as a process of its own, on a free port and a database that is its alone, with lines to it that can
// be cut.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Line } from "./line";

const CALLBOARD = fileURLToPath(new URL("../../../.venv/bin/callboard", import.meta.url));
const SERVES = "Callboard serves at ";
const SET_UP = "Set up the first team: ";
const PATIENCE_MS = 30_000;

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export class Server {
  /** The link that a new server prints, while it has nobody. */
  setUpLink: string | null = null;

  private constructor(
    readonly url: string,
    /** A second way to the same server, for whoever's network shall fail. */
    readonly line: Line,
    private readonly process: ChildProcess,
  ) {}

  /** Runs `callboard serve` in this folder until it serves. */
  static async start(folder: string, environment: Record<string, string> = {}): Promise<Server> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const line = await Line.open(port);
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      PORT: String(port),
      DATABASE_URL: `sqlite:///${folder}/callboard.db`,
      ALLOWED_ORIGINS: line.url,
      ...environment,
    };
    const child = spawn(CALLBOARD, ["serve"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const server = new Server(url, line, child);
    await server.serves();
    return server;
  }

  /** Asks it to end, and waits for that. */
  async stop(): Promise<void> {
    await this.line.close();
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, "exit");
    const killing = setTimeout(() => this.process.kill("SIGKILL"), PATIENCE_MS);
    this.process.kill("SIGTERM");
    await ended;
    clearTimeout(killing);
  }

  private async serves(): Promise<void> {
    const { stdout, stderr } = this.process;
    if (stdout === null || stderr === null) throw new Error("A server without pipes.");
    const complaints: string[] = [];
    stderr.on("data", (text) => complaints.push(String(text)));
    const giveUp = setTimeout(() => this.process.kill("SIGKILL"), PATIENCE_MS);
    const serving = new Promise<void>((resolve, reject) => {
      createInterface({ input: stdout }).on("line", (said) => {
        if (said.startsWith(SET_UP)) this.setUpLink = said.slice(SET_UP.length);
        if (said.startsWith(SERVES)) resolve();
      });
      this.process.once("exit", () => reject(new Error(`The server did not start: ${complaints.join("")}`)));
    });
    await serving.finally(() => clearTimeout(giveUp));
  }
}
