// The people of the rail, live, in the order of the list that assigns (V2); the order stands still while the pointer or
// the focus is in the rail, or a call is carried to it (V4).
import { useMemo } from "react";
import { useRecords, useViewers } from "@/realtime/react";
import type { Call, User } from "@/realtime/schema";
import { type Assignee, assignees, openLoad } from "./drawer/assignees";
import { useHeldOrder } from "./useHeldOrder";

/** One person of the rail. */
export interface Member extends Assignee {
  id: string;
}

const NOTHING_OF_MINE: ReadonlySet<string> = new Set();
const isActive = (user: User) => user.active;

/** Everybody who takes calls; `held` while nothing may move. */
export function useTeam(calls: readonly Call[], held: boolean): readonly Member[] {
  const users = useRecords("users", isActive);
  const present = useViewers("team");
  const members = useMemo(() => {
    const here = new Set(present.map((one) => one.user.id));
    return assignees(users, openLoad(calls), here).map((one) => ({ ...one, id: one.user.id }));
  }, [users, present, calls]);
  const { places } = useHeldOrder(members, { held, scrolled: false, mine: NOTHING_OF_MINE }, "");
  return useMemo(() => places.filter((place) => !place.ghost).map((place) => place.item), [places]);
}
