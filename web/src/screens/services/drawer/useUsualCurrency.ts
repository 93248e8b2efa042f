// The currency of the house, learnt from the prices that were said last.
import { useMemo } from "react";
import { useClient } from "@/realtime/react";
import { usualCurrency } from "../money";

/** The currency of the house, as it was when this was first shown. */
export function useUsualCurrency(): string {
  const { records } = useClient();
  return useMemo(() => usualCurrency(records.getState().services.values()), [records]);
}
