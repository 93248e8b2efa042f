// The Socket.IO door: events, commands and presence over one WebSocket. Only over a WebSocket: where a network blocks those,
// SSE is the better way down than Socket.IO's own polling. It opens once; coming back is the switching's business, which
// makes a new one at the newest cursor.

import { type SocketOptions as IoOptions, io, type ManagerOptions, type Socket } from "socket.io-client";
import { Unreachable } from "../refusal";
import type { EventName, EventRecord, Meta, Told } from "../wire";
import type { Door, Hearing, OpenDoor, Welcome } from "./door";

export interface SocketOptions {
  url: string;
  token?: string | undefined;
  resources: readonly string[];
}

/** Milliseconds; whoever opened the door has less patience than that. */
const LONGEST_HANDSHAKE = 60_000;

/** A door that opens a WebSocket. */
export function socketDoor({ url, token, resources }: SocketOptions): OpenDoor {
  return (cursor, hearing) => {
    const options: Partial<ManagerOptions & IoOptions> = {
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
      withCredentials: true,
      timeout: LONGEST_HANDSHAKE,
      auth: (answer) => answer({ ...(token !== undefined && { token }), cursor, resources }),
    };
    const socket = url === "" ? io(options) : io(url, options);
    return new SocketDoor(socket, hearing);
  };
}

class SocketDoor implements Door {
  readonly kind = "socket";
  private isOver = false;
  private readonly unanswered = new Set<(why: Unreachable) => void>();

  constructor(
    private readonly socket: Socket,
    private readonly hearing: Hearing,
  ) {
    socket.onAny((event: string, ...said: unknown[]) => this.hear(event, said));
    socket.on("connect", () => this.isOver || hearing.alive());
    socket.on("connect_error", (error) => this.refused(error));
    socket.on("disconnect", () => this.lose());
    socket.io.engine?.on("ping", () => this.isOver || hearing.alive());
    socket.io.engine?.on("close", () => this.lose()); // also before it was open, of which the socket says nothing
  }

  readonly emit = (command: string, payload: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (this.isOver || !this.socket.connected) return reject(new Unreachable("The connection is gone."));
      this.unanswered.add(reject);
      this.socket.emit(command, payload, (answer: unknown) => {
        this.unanswered.delete(reject);
        resolve(answer);
      });
    });

  close(): void {
    this.isOver = true;
    this.socket.offAny();
    this.socket.disconnect();
    this.giveUp();
  }

  private hear(event: string, said: unknown[]): void {
    if (this.isOver) return;
    this.hearing.alive();
    const [first, meta] = said;
    if (meta !== undefined) this.hearing.told([told(event, first, meta)]);
    else hearSignal(event, first, this.hearing, () => this.close());
  }

  private refused(error: Error & { data?: { code?: string } }): void {
    if (this.isOver) return;
    const isSignedOut = error.data?.code === "unauthenticated";
    this.close();
    if (isSignedOut) this.hearing.ended("expired");
    else this.hearing.lost();
  }

  private lose(): void {
    if (this.isOver) return;
    this.close();
    this.hearing.lost();
  }

  private giveUp(): void {
    for (const reject of this.unanswered) reject(new Unreachable("The connection broke off."));
    this.unanswered.clear();
  }
}

/** An event as every door hands it on. */
export function told(event: string, data: unknown, meta: unknown): Told {
  return { event: event as EventName, data: data as EventRecord<EventName>, meta: meta as Meta };
}

/** What is told without meta, the same at every door that tells it. */
export function hearSignal(name: string, said: unknown, hearing: Hearing, close: () => void): void {
  const words = (said ?? {}) as Record<string, unknown>;
  if (name === "ready") hearing.ready(words as unknown as Welcome);
  else if (name === "cursor") hearing.reached(String(words.cursor));
  else if (name === "snapshot_required") hearing.stale();
  else if (name === "server_draining") hearing.draining(Number(words.reconnect_in_ms));
  else if (name !== "session_ended") hearing.signal(name, said);
  else {
    close();
    hearing.ended(String(words.reason));
  }
}
