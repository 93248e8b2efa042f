// What can be done with a call, in words, and what comes first for whom. Whether an action is allowed, and why not, is
// the server's to say (explain, S2); this only ranks and names.
import type { Call, User } from "@/realtime/schema";

type Status = Call["status"];

/** The commands that act on a call. */
export type CallAction =
  | "claim_call"
  | "assign_call"
  | "start_call"
  | "hold_call"
  | "resume_call"
  | "complete_call"
  | "reopen_call"
  | "release_call"
  | "close_call"
  | "cancel_call"
  | "convert_call"
  | "delete_call";

/** How an action is called on a button, which key starts it in the drawer, and whether it asks something first. */
interface Naming {
  label: string;
  key?: string;
  asks: boolean;
}

/** Every action, in the order of the menu. */
export const CALL_ACTIONS: Readonly<Record<CallAction, Naming>> = {
  claim_call: { label: "Take it", key: "m", asks: false },
  assign_call: { label: "Assign", key: "a", asks: true },
  start_call: { label: "Start", key: "s", asks: false },
  resume_call: { label: "Resume", key: "u", asks: false },
  complete_call: { label: "Complete", key: "d", asks: true },
  hold_call: { label: "Hold", key: "h", asks: true },
  close_call: { label: "Close", key: "l", asks: false },
  reopen_call: { label: "Reopen", key: "r", asks: true },
  release_call: { label: "Give back", asks: true },
  convert_call: { label: "Book in for repair", asks: true },
  cancel_call: { label: "Cancel the call", asks: true },
  delete_call: { label: "Delete", asks: false },
};

const MENU = Object.keys(CALL_ACTIONS) as CallAction[];

const NEXT: Readonly<Record<Status, readonly CallAction[]>> = {
  new: ["claim_call", "complete_call", "assign_call"],
  assigned: ["start_call", "complete_call", "hold_call"],
  in_progress: ["complete_call", "hold_call", "assign_call"],
  on_hold: ["resume_call", "complete_call", "assign_call"],
  completed: ["close_call", "reopen_call"],
  closed: ["reopen_call"],
  cancelled: ["reopen_call"],
};

const dispatches = (me: User): boolean => me.role === "admin" || me.role === "dispatcher";

/** What one does next with a call in this status, most likely first: who dispatches assigns, who repairs gets on with it. */
export function nextActions(call: Call, me: User): readonly CallAction[] {
  const others = call.assignee_id !== me.id;
  if (dispatches(me) && call.status === "new") return ["assign_call", "claim_call", "complete_call"];
  if (dispatches(me) && others && call.status === "assigned") return ["assign_call", "start_call", "complete_call"];
  return NEXT[call.status];
}

/** The actions as the bar shows them: up to three as buttons, allowed ones of the menu, then those that are not. */
export interface Bar {
  buttons: readonly CallAction[];
  menu: readonly CallAction[];
  barred: readonly CallAction[];
}

/** Sorts the actions for this call and person; `allowed` is the server's word. */
export function actionBar(call: Call, me: User, allowed: (action: CallAction) => boolean): Bar {
  const buttons = nextActions(call, me).filter(allowed).slice(0, 3);
  const rest = MENU.filter((action) => !buttons.includes(action));
  return { buttons, menu: rest.filter(allowed), barred: rest.filter((action) => !allowed(action)) };
}

/** What the toast says when it is done. */
export function saidOf(action: CallAction, number: string): string {
  const said: Record<CallAction, string> = {
    claim_call: `${number} is yours`,
    assign_call: `${number} assigned`,
    start_call: `${number} started`,
    resume_call: `${number} resumed`,
    complete_call: `${number} completed`,
    hold_call: `${number} put on hold`,
    close_call: `${number} closed`,
    reopen_call: `${number} reopened`,
    release_call: `${number} given back`,
    convert_call: `${number} booked in for repair`,
    cancel_call: `${number} cancelled`,
    delete_call: `${number} deleted`,
  };
  return said[action];
}
