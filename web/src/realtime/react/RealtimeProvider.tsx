// Hands the one client of the page to everything below it. Beside the client stands what the hooks share: which records
// glow just now, so that a thousand cards need one subscription.
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import type { Client } from "@/realtime";
import { type Glows, makeGlows } from "./glows";

interface Binding {
  client: Client;
  glows: Glows;
}

const BindingContext = createContext<Binding | null>(null);

/** Everything below may use the hooks of this folder. The client is made, and closed, by whoever renders this. */
export function RealtimeProvider({ client, children }: { client: Client; children: ReactNode }) {
  const binding = useMemo(() => ({ client, glows: makeGlows(client.me.user.id) }), [client]);
  useEffect(() => binding.glows.follow(client), [binding, client]);
  return <BindingContext value={binding}>{children}</BindingContext>;
}

/** What the provider holds. */
export function useBinding(): Binding {
  const binding = useContext(BindingContext);
  if (binding === null) throw new Error("This hook needs a RealtimeProvider above it.");
  return binding;
}

/** The client of the page. */
export function useClient(): Client {
  return useBinding().client;
}
