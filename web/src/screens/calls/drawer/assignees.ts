// Whom a call can be given to, and who comes first: who is here and free before who is busy, away or not here.
import type { Call, User } from "@/realtime/schema";
import { fold } from "@/widgets/matching";

/** Somebody a call can be given to. */
export interface Assignee {
  user: User;
  /** Open calls of his. */
  load: number;
  here: boolean;
}

const OPEN: ReadonlySet<Call["status"]> = new Set(["new", "assigned", "in_progress", "on_hold"]);
const TAKES_CALLS: ReadonlySet<User["role"]> = new Set(["admin", "dispatcher", "engineer"]);
const FREEDOM: Record<User["availability"], number> = { available: 0, busy: 1, away: 2 };

/** How many open calls each person has. */
export function openLoad(calls: Iterable<Call>): ReadonlyMap<string, number> {
  const load = new Map<string, number>();
  for (const { assignee_id, status } of calls) {
    if (assignee_id && OPEN.has(status)) load.set(assignee_id, (load.get(assignee_id) ?? 0) + 1);
  }
  return load;
}

const rank = ({ user, here }: Assignee): number => FREEDOM[user.availability] + (here ? 0 : 3);

/** Those a call can be given to, best first; of the same freedom the one with the least to do. */
export function assignees(
  users: Iterable<User>,
  load: ReadonlyMap<string, number>,
  here: ReadonlySet<string>,
): Assignee[] {
  return [...users]
    .filter((user) => user.active && TAKES_CALLS.has(user.role))
    .map((user) => ({ user, load: load.get(user.id) ?? 0, here: here.has(user.id) }))
    .sort((a, b) => rank(a) - rank(b) || a.load - b.load || a.user.display_name.localeCompare(b.user.display_name));
}

/** Those whose name or skills answer what was typed. */
export function matching(all: readonly Assignee[], query: string): readonly Assignee[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return all.filter(({ user }) => {
    const text = fold([user.display_name, ...user.skills].join(" "));
    return words.every((word) => text.includes(word));
  });
}
