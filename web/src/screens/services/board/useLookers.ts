// Who has which repair before him, out of the team's presence: a drawer says there what it shows (S2, V3).
import { useMemo } from "react";
import { useMe, useViewers } from "@/realtime/react";
import type { Present } from "@/realtime/schema";
import type { Looker, Lookers } from "@/screens/calls/whoIsLooking";

const PREFIX = "services/";

/** Reads the team's presence; the reader himself is left out. */
export function lookersOf(team: readonly Present[], me: string): Lookers {
  const found = new Map<string, Looker[]>();
  for (const { user, state } of team) {
    const { viewing, mode } = Object(state) as { viewing?: unknown; mode?: unknown };
    if (user.id === me || typeof viewing !== "string" || !viewing.startsWith(PREFIX)) continue;
    const id = viewing.slice(PREFIX.length);
    const looker = { id: user.id, name: user.name, editing: mode === "editing" };
    found.set(
      id,
      [...(found.get(id) ?? []), looker].sort((a, b) => a.name.localeCompare(b.name)),
    );
  }
  return found;
}

/** Who looks at which repair now. */
export function useLookers(): Lookers {
  const me = useMe().id;
  const team = useViewers("team");
  return useMemo(() => lookersOf(team, me), [team, me]);
}
