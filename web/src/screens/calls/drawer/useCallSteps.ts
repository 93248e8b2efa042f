// From one call to the one before or after it, in the order in which the board shows them, filters kept (S2).
import { useMemo } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Call } from "@/realtime/schema";
import type { DrawerSteps } from "@/record/DrawerSteps";

/** The calls on either side; none for a call that the board does not show. */
export function neighbours(id: string, order: readonly Call[]): { before: Call | null; after: Call | null } {
  const at = order.findIndex((call) => call.id === id);
  return { before: at < 1 ? null : (order[at - 1] ?? null), after: at < 0 ? null : (order[at + 1] ?? null) };
}

/** The steps for the drawer of this call. */
export function useCallSteps(id: string, order: readonly Call[]): DrawerSteps {
  const navigate = useNavigate();
  const { search } = useLocation();
  const { before, after } = useMemo(() => neighbours(id, order), [id, order]);
  const to = (call: Call | null) =>
    call && (() => void navigate({ pathname: `/calls/${call.number || call.id}`, search }));
  return { noun: "call", previous: to(before), next: to(after) };
}
