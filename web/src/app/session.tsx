// Who sits at this board, for everything below `SessionGate`, which finds it out.
import { createContext, useContext } from "react";
import type { Tenant, User } from "@/realtime";

export interface Session {
  /** The person as signed in; `useMe()` of the binding follows changes. */
  me: User;
  tenant: Tenant;
  /** Ends the session here; throws where the server does not answer. `drop`: what was not sent is given up. */
  signOut: (options?: { drop?: boolean }) => Promise<void>;
  /** Sets another password: one stays signed in here, and nowhere else. Throws `Failure`. */
  changePassword: (current: string, wanted: string) => Promise<void>;
}

/** Provided by `SessionGate`; tests may provide one of their own. */
export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("This hook needs a SessionGate above it.");
  return session;
}
