// What it means to drop a call somewhere (S2): one table from where it stands to where it was dropped. A move that
// needs no words is a command; one that does opens its dialog; one that makes no sense says what to do instead. These
// are the rules of the board's own hand; whether this person may do it is for `explain`, and the server decides.
import type { Call, User } from "@/realtime/schema";
import type { Status } from "./filters";
import { isOpen } from "./matching";

/** Commands that need no more than the call. */
export type PlainCommand = "claim_call" | "start_call" | "resume_call" | "close_call";
/** Commands that need words, asked for in a dialog. */
export type WordyCommand = "hold_call" | "complete_call" | "release_call" | "reopen_call" | "cancel_call";
/** Every command that a drop on a column can mean. */
export type MoveCommand = PlainCommand | WordyCommand;

/** What a drop would do. */
export type Move =
  | { kind: "nothing" }
  | { kind: "command"; command: PlainCommand }
  | { kind: "dialog"; command: WordyCommand }
  | { kind: "assign"; to: string }
  | { kind: "refused"; why: string };

const run = (command: PlainCommand): Move => ({ kind: "command", command });
const ask = (command: WordyCommand): Move => ({ kind: "dialog", command });
const no = (why: string): Move => ({ kind: "refused", why });

const REOPEN = ask("reopen_call");
const CANCEL = ask("cancel_call");
const COMPLETE = ask("complete_call");
const HOLD = ask("hold_call");
const RELEASE = ask("release_call");
const DONE = no("This call is done. Reopen it first.");
const NOT_DONE = no("Complete the call first, then close it.");
const ONLY_OPEN = no("Only an open call can be cancelled.");

const TABLE: Record<Status, Partial<Record<Status, Move>>> = {
  new: {
    assigned: run("claim_call"),
    in_progress: no("Assign the call first, then start it."),
    on_hold: no("Assign the call first, then put it on hold."),
    completed: COMPLETE,
    closed: NOT_DONE,
    cancelled: CANCEL,
  },
  assigned: {
    new: RELEASE,
    in_progress: run("start_call"),
    on_hold: HOLD,
    completed: COMPLETE,
    closed: NOT_DONE,
    cancelled: CANCEL,
  },
  in_progress: {
    new: RELEASE,
    assigned: no("Work on this call has begun. Put it on hold, or hand it over."),
    on_hold: HOLD,
    completed: COMPLETE,
    closed: NOT_DONE,
    cancelled: CANCEL,
  },
  on_hold: {
    new: RELEASE,
    assigned: no("Resume the call, or hand it over to somebody."),
    in_progress: run("resume_call"),
    completed: COMPLETE,
    closed: NOT_DONE,
    cancelled: CANCEL,
  },
  completed: {
    new: REOPEN,
    assigned: REOPEN,
    in_progress: DONE,
    on_hold: DONE,
    closed: run("close_call"),
    cancelled: ONLY_OPEN,
  },
  closed: {
    new: REOPEN,
    assigned: REOPEN,
    in_progress: DONE,
    on_hold: DONE,
    completed: DONE,
    cancelled: ONLY_OPEN,
  },
  cancelled: {
    new: REOPEN,
    assigned: REOPEN,
    in_progress: no("This call is cancelled. Reopen it first."),
    on_hold: no("This call is cancelled. Reopen it first."),
    completed: no("This call is cancelled. Reopen it first."),
    closed: no("This call is cancelled. Reopen it first."),
  },
};

/** What dropping a call on a column means. */
export function moveToColumn(call: Call, status: Status): Move {
  if (call.status === status) return { kind: "nothing" };
  return TABLE[call.status][status] ?? { kind: "nothing" };
}

/** What dropping a call on a person means. */
export function moveToPerson(call: Call, user: User): Move {
  if (!isOpen(call)) return no("Only an open call can be assigned. Reopen it first.");
  if (call.assignee_id === user.id) return { kind: "nothing" };
  return { kind: "assign", to: user.id };
}

/** The command that a move would send. */
export function commandOf(move: Move): MoveCommand | "assign_call" | null {
  if (move.kind === "command" || move.kind === "dialog") return move.command;
  return move.kind === "assign" ? "assign_call" : null;
}

/** The actions on a call as it stands, for its menu: those that the table knows from its status. */
export function commandsFrom(status: Status): readonly MoveCommand[] {
  const commands = Object.values(TABLE[status]).map(commandOf);
  const order: readonly MoveCommand[] = [
    "claim_call",
    "start_call",
    "resume_call",
    "hold_call",
    "complete_call",
    "close_call",
    "reopen_call",
    "release_call",
    "cancel_call",
  ];
  return order.filter((command) => commands.includes(command));
}
