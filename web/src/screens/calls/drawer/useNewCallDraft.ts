// The draft of a new call for React: kept for this tab and person with every change. A refused call that is mended is
// no draft: it stays in the outbox until it is sent.
import { useCallback, useEffect, useState } from "react";
import { useClient, useMe } from "@/realtime/react";
import { callerOf, EMPTY_DRAFT, keepDraft, keptDraft, type NewCallDraft } from "./newCallDraft";

/** The draft, how to change it, and how to begin again; begun for a customer, or with what was refused. */
export function useNewCallDraft(customer?: string, mended?: NewCallDraft) {
  const { id } = useMe();
  const { records } = useClient();
  const [start] = useState(() => {
    const caller = customer === undefined ? undefined : records.getState().customers.get(customer);
    return mended ?? { ...keptDraft(sessionStorage, id), ...(caller && callerOf(caller)) };
  });
  const [draft, setDraft] = useState(start);
  const isKept = mended === undefined;
  useEffect(() => {
    if (isKept && draft !== start) keepDraft(sessionStorage, id, draft);
  }, [id, draft, start, isKept]);
  const change = useCallback((changes: Partial<NewCallDraft>) => setDraft((now) => ({ ...now, ...changes })), []);
  const clear = useCallback(() => {
    setDraft(EMPTY_DRAFT);
    // At once as well: the form may be gone before the effect runs.
    if (isKept) keepDraft(sessionStorage, id, EMPTY_DRAFT);
  }, [id, isKept]);
  return { draft, change, clear };
}
