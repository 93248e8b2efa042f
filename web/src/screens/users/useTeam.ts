// The team as this screen shows it: live from memory, each figure counted once however many rows ask for it.
import { useMemo } from "react";
import { useRecords, useViewers } from "@/realtime/react";
import type { User } from "@/realtime/schema";
import { lastChanges, type OpenWork, openWorkByPerson } from "./openWork";

const byName = (a: User, b: User) => a.display_name.localeCompare(b.display_name) || a.number - b.number;

/** All of the team, by name. */
export const useTeam = (): readonly User[] => useRecords("users", undefined, byName);

/** What each has open. */
export function useOpenWork(): ReadonlyMap<string, OpenWork> {
  const calls = useRecords("calls");
  const services = useRecords("services");
  return useMemo(() => openWorkByPerson(calls, services), [calls, services]);
}

/** When each last changed something. */
export function useLastChanges(): ReadonlyMap<string, string> {
  const calls = useRecords("calls");
  const services = useRecords("services");
  const customers = useRecords("customers");
  const notes = useRecords("notes");
  return useMemo(() => lastChanges(calls, services, customers, notes), [calls, services, customers, notes]);
}

/** Who is at a board now. */
export function useOnline(): ReadonlySet<string> {
  const present = useViewers("team");
  return useMemo(() => new Set(present.map(({ user }) => user.id)), [present]);
}
