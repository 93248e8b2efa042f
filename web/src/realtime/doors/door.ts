// What a door is: one way for the feed to come in. Socket.IO, SSE and polling give the same events in the same order with
// the same cursors (PROTOCOL section 5), so whoever listens need not know by which one they came.

import type { Told } from "../wire";

export type DoorKind = "socket" | "sse" | "polling";

/** What is said when the replay is over. */
export interface Welcome {
  cursor: string;
  snapshot_required: boolean;
  heartbeat_s: number;
}

/** Whoever listens at a door. After `close()`, `lost` or `ended` nothing more is called. */
export interface Hearing {
  /** Events, in the order of the feed. */
  told(events: readonly Told[]): void;
  /** All up to here has been told. */
  reached(cursor: string): void;
  /** What was missed has been told; what follows is live. */
  ready(welcome: Welcome): void;
  /** What is held is no base to go on from. */
  stale(): void;
  /** Presence, typing, locks. */
  signal(name: string, said: unknown): void;
  /** The server restarts. */
  draining(reconnectInMs: number): void;
  /** The session is over. */
  ended(reason: string): void;
  /** The door is shut, or never opened. */
  lost(): void;
  /** Something came; the door is not dead. */
  alive(): void;
}

/** An open door, or one that is being opened. */
export interface Door {
  readonly kind: DoorKind;
  /** Sends a command and hands on its raw answer; only where the door takes commands. */
  readonly emit?: (command: string, payload: unknown) => Promise<unknown>;
  /** Look now rather than at the next turn; only where the door looks by itself. */
  readonly nudge?: () => void;
  close(): void;
}

/** Opens a door at a place in the feed. */
export type OpenDoor = (cursor: string | null, hearing: Hearing) => Door;
