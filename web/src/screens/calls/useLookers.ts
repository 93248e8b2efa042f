// Who looks at which call, live, for all cards at once (S2).
import { useMemo, useState } from "react";
import { useMe, useViewers } from "@/realtime/react";
import type { Present } from "@/realtime/schema";
import { type Lookers, whoIsLooking } from "./whoIsLooking";

function makeReader() {
  let before: Lookers = new Map();
  return (team: readonly Present[], me: string) => {
    before = whoIsLooking(team, me, before);
    return before;
  };
}

/** The lookers by call. */
export function useLookers(): Lookers {
  const team = useViewers("team");
  const me = useMe().id;
  const [read] = useState(makeReader);
  return useMemo(() => read(team, me), [read, team, me]);
}
