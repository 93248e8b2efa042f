// Who views or edits which call, read out of the one channel that everybody is in (S2, V3): a drawer says in its state
// of `team` what it shows, so that the cards of all calls know it without a channel for each.
import type { Present } from "@/realtime/schema";

/** Somebody who has a call before him. */
export interface Looker {
  id: string;
  name: string;
  editing: boolean;
}

/** Lookers by call. A call's list stays the very same list while nothing about it changes. */
export type Lookers = ReadonlyMap<string, readonly Looker[]>;

const PREFIX = "calls/";

function lookingAt(state: unknown): { call: string; editing: boolean } | null {
  if (typeof state !== "object" || state === null) return null;
  const { viewing, mode } = state as Record<string, unknown>;
  if (typeof viewing !== "string" || !viewing.startsWith(PREFIX)) return null;
  return { call: viewing.slice(PREFIX.length), editing: mode === "editing" };
}

const same = (a: readonly Looker[] | undefined, b: readonly Looker[]) =>
  a?.length === b.length && a.every((one, at) => one.id === b[at]?.id && one.editing === b[at]?.editing);

/** Reads the team's presence; the reader himself is left out. */
export function whoIsLooking(team: readonly Present[], me: string, before: Lookers = new Map()): Lookers {
  const found = new Map<string, Looker[]>();
  for (const { user, state } of team) {
    const looking = user.id === me ? null : lookingAt(state);
    if (looking === null) continue;
    const there = found.get(looking.call) ?? [];
    found.set(looking.call, [...there, { id: user.id, name: user.name, editing: looking.editing }]);
  }
  const now = new Map<string, readonly Looker[]>();
  for (const [call, lookers] of found) {
    lookers.sort((a, b) => a.name.localeCompare(b.name));
    const former = before.get(call);
    now.set(call, former && same(former, lookers) ? former : lookers);
  }
  return now;
}

/** The sentence on a card: "Ana is editing, Bo is looking". */
export function lookersSentence(lookers: readonly Looker[]): string {
  return lookers.map(({ name, editing }) => `${name} is ${editing ? "editing" : "looking"}`).join(", ");
}
