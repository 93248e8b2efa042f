// What a drop would do, in words, before it is done (S2): the table of moves asked first, then what the server says that
// this person may do. Both answer in sentences, which the target shows while the call hangs over it.
import type { CommandName } from "@/realtime";
import type { Call, User } from "@/realtime/schema";
import { CALL_ACTIONS } from "./drawer/callActions";
import type { Status } from "./filters";
import { commandOf, type Move, moveToColumn, moveToPerson } from "./moves";

/** The answer for one target. */
export interface Verdict {
  mark: "allowed" | "refused" | "nothing";
  /** "Assign to Ada", or why not */
  sentence: string;
  move: Move;
}

/** What the server says of a command. */
export interface Permission {
  allowed(command: CommandName): boolean;
  why(command: CommandName): string | null;
}

const doing = (move: Move): string => {
  const command = commandOf(move);
  if (command === null || command === "assign_call") return "";
  const { label, asks } = CALL_ACTIONS[command];
  return asks ? `${label}…` : label;
};

function judged(move: Move, does: string, permission: Permission): Verdict {
  if (move.kind === "refused") return { mark: "refused", sentence: move.why, move };
  const command = commandOf(move);
  if (command === null) return { mark: "nothing", sentence: "", move };
  if (permission.allowed(command)) return { mark: "allowed", sentence: does, move };
  return { mark: "refused", sentence: permission.why(command) ?? "You may not do this.", move };
}

/** What dropping the call on a column would do. */
export function verdictOnColumn(call: Call, status: Status, permission: Permission): Verdict {
  const move = moveToColumn(call, status);
  return judged(move, doing(move), permission);
}

/** What dropping the call on a person would do. */
export function verdictOnPerson(call: Call, user: User, permission: Permission): Verdict {
  return judged(moveToPerson(call, user), `Assign to ${user.display_name}`, permission);
}
