// Where a repair can go next, as the board knows it before it asks the server: the table of DOMAIN.md. It decides which
// columns take a card and which dialog opens; whether this person may do it is the server's word (`explain`).
import type { AdvanceService, Service } from "@/realtime/schema";

export type Status = Service["status"];
export type Stage = AdvanceService["status"];
/** What is asked for in a dialog, since it needs words. */
export type Asking = "complete_service" | "deliver_service" | "reopen_service" | "cancel_service";

/** The columns of the board, from the counter to the shelf of finished devices. */
export const COLUMNS = [
  "received",
  "diagnosing",
  "awaiting_approval",
  "awaiting_parts",
  "in_repair",
  "completed",
] as const satisfies readonly Status[];

/** What is over: shown where somebody asks for it. */
export const OVER = ["delivered", "cancelled"] as const satisfies readonly Status[];

/** Every status, in the order of a repair's life. */
export const STATUSES: readonly Status[] = [...COLUMNS, ...OVER];

const NEXT: Readonly<Record<Status, readonly Stage[]>> = {
  received: ["diagnosing", "awaiting_parts", "in_repair"],
  diagnosing: ["awaiting_approval", "awaiting_parts", "in_repair"],
  awaiting_approval: ["diagnosing", "awaiting_parts", "in_repair"],
  awaiting_parts: ["diagnosing", "awaiting_approval", "in_repair"],
  in_repair: ["diagnosing", "awaiting_approval", "awaiting_parts"],
  completed: [],
  delivered: [],
  cancelled: [],
};

/** The stages that the work may go on to. */
export function nextStages(status: Status): readonly Stage[] {
  return NEXT[status];
}

/** Still on the bench: neither finished, handed back nor cancelled. */
export function isAtWork(status: Status): boolean {
  return NEXT[status].length > 0;
}

/** Still in the house's care. */
export function isOpen(status: Status): boolean {
  return isAtWork(status) || status === "completed";
}

/** What dropping a card on a column means. */
export type Move =
  | { kind: "stay" }
  | { kind: "advance"; status: Stage }
  | { kind: "ask"; command: Asking }
  | { kind: "no"; why: string };

const no = (why: string): Move => ({ kind: "no", why });
const ask = (command: Asking): Move => ({ kind: "ask", command });

/** What moving a repair from one status to another takes, or why it cannot be. */
export function moveTo(from: Status, to: Status): Move {
  if (from === to) return { kind: "stay" };
  if (from === "delivered") return no("It has been handed back. Take it in again as a rework.");
  const stage = NEXT[from].find((next) => next === to);
  if (stage !== undefined) return { kind: "advance", status: stage };
  return isAtWork(from) ? moveFromBench(to) : moveFromShelf(from, to);
}

function moveFromBench(to: Status): Move {
  if (to === "completed") return ask("complete_service");
  if (to === "cancelled") return ask("cancel_service");
  if (to === "delivered") return no("Complete the repair before it is handed back.");
  if (to === "received") return no("A repair that was started does not go back to received.");
  return no("Look at the device before somebody approves a price.");
}

function moveFromShelf(from: Status, to: Status): Move {
  if (to === "delivered") return ask("deliver_service");
  if (to === "in_repair") return ask("reopen_service");
  if (from === "completed" && to === "cancelled") return no("It is ready: deliver it, or reopen it first.");
  return no("Reopen it first: it goes back to in repair.");
}

/** The command that a move sends. */
export function commandOf(move: Move): "advance_service" | Asking | null {
  if (move.kind === "advance") return "advance_service";
  return move.kind === "ask" ? move.command : null;
}
