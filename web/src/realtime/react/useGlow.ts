// A record that somebody else changed glows for a moment (WEB V4).
import { useStore } from "zustand";
import type { Meta, Plural } from "@/realtime";
import { glowKey } from "./glows";
import { useBinding } from "./RealtimeProvider";

/** The change by another person that lights this record now, else null. */
export function useGlow(plural: Plural, id: string | null | undefined): Meta | null {
  const { glows } = useBinding();
  return useStore(glows.store, (lit) => (id ? (lit.get(glowKey(plural, id)) ?? null) : null));
}
