// What else a customer has open: said beside his call, and while a new one is written, so that nothing is entered twice.
import { useCallback } from "react";
import { useRecords } from "@/realtime/react";
import type { Call } from "@/realtime/schema";

const OPEN: ReadonlySet<Call["status"]> = new Set(["new", "assigned", "in_progress", "on_hold"]);

/** The open calls of this customer, without the one given. */
export function useOtherOpenCalls(customerId: string | null, butNot: string | null): readonly Call[] {
  const same = useCallback(
    (other: Call) =>
      customerId !== null && other.customer_id === customerId && other.id !== butNot && OPEN.has(other.status),
    [customerId, butNot],
  );
  return useRecords("calls", same);
}
