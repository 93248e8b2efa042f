// The name behind an id, also of people who are gone: records keep the id of a deleted user (DOMAIN, user).
import { useMemo } from "react";
import { useStore } from "zustand";
import type { User } from "@/realtime";
import { useClient } from "./RealtimeProvider";

/** A person as the board names him. */
export interface PersonSeen {
  name: string;
  /** No longer a user here, or no longer active. */
  former: boolean;
  user?: User;
}

/** Who it is, from the user where there is one, else from the names of former users. */
export function describePerson(user: User | undefined, formerName: string | undefined, known: boolean): PersonSeen {
  if (user) return { name: user.display_name, former: !user.active, user };
  if (formerName !== undefined) return { name: formerName, former: true };
  return { name: known ? "Callboard" : "", former: false };
}

/** The person with this id, live. What no person did was done by Callboard itself. */
export function usePerson(id: string | null | undefined): PersonSeen {
  const { records } = useClient();
  const user = useStore(records, (held) => (id ? held.users.get(id) : undefined));
  const former = useStore(records, (held) => (id ? held.former.get(id) : undefined));
  return useMemo(() => describePerson(user, former, Boolean(id)), [user, former, id]);
}
