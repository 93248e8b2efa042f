// Intake from anywhere: `?new=call` or `?new=service` in the address opens the form over whatever is shown, so that a
// link, a key and a button are the same thing and Back closes it.
import { useCallback } from "react";
import { useSearchParams } from "react-router";

export type NewKind = "call" | "service";

export interface NewRecordState {
  kind: NewKind | null;
  open: (kind: NewKind) => void;
  close: () => void;
}

/** Which intake form is open, and how to open or close one. */
export function useNewRecord(): NewRecordState {
  const [query, setQuery] = useSearchParams();
  const asked = query.get("new");
  const kind = asked === "call" || asked === "service" ? asked : null;
  const open = useCallback((wanted: NewKind) => setQuery((now) => withNew(now, wanted)), [setQuery]);
  const close = useCallback(() => setQuery((now) => withNew(now, null), { replace: true }), [setQuery]);
  return { kind, open, close };
}

function withNew(query: URLSearchParams, kind: NewKind | null): URLSearchParams {
  const next = new URLSearchParams(query);
  if (kind === null) next.delete("new");
  else next.set("new", kind);
  return next;
}
