// The draft of a new call for React: kept for this tab and person with every change.
import { useCallback, useEffect, useState } from "react";
import { useMe } from "@/realtime/react";
import { EMPTY_DRAFT, keepDraft, keptDraft, type NewCallDraft } from "./newCallDraft";

/** The draft, how to change it, and how to begin again. */
export function useNewCallDraft() {
  const { id } = useMe();
  const [draft, setDraft] = useState(() => keptDraft(sessionStorage, id));
  useEffect(() => keepDraft(sessionStorage, id, draft), [id, draft]);
  const change = useCallback((changes: Partial<NewCallDraft>) => setDraft((now) => ({ ...now, ...changes })), []);
  const clear = useCallback(() => {
    setDraft(EMPTY_DRAFT);
    // At once as well: the form may be gone before the effect runs.
    keepDraft(sessionStorage, id, EMPTY_DRAFT);
  }, [id]);
  return { draft, change, clear };
}
