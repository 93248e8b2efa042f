// Intake from anywhere: `?new=call`, `?new=service` or `?new=customer` in the address opens the form over whatever is
// shown, so that a link, a key and a button are the same thing and Back closes it. Beside it the address may say for whom
// (`customer`), or which refused command is entered anew (`mend`, L4).
import { useCallback } from "react";
import { useSearchParams } from "react-router";

export type NewKind = "call" | "service" | "customer";

/** What a form begins with. */
export interface Beginning {
  /** The id of the customer it is for. */
  customer?: string;
  /** The command in the outbox that it takes the place of. */
  mend?: string;
}

export interface NewRecordState extends Beginning {
  kind: NewKind | null;
  open: (kind: NewKind, beginning?: Beginning) => void;
  close: () => void;
}

const KINDS: readonly NewKind[] = ["call", "service", "customer"];

/** Which intake form is open, and how to open or close one. */
export function useNewRecord(): NewRecordState {
  const [query, setQuery] = useSearchParams();
  const kind = KINDS.find((known) => known === query.get("new")) ?? null;
  const open = useCallback(
    (wanted: NewKind, beginning: Beginning = {}) =>
      setQuery((now) => asking(withoutNew(now), { new: wanted, ...beginning })),
    [setQuery],
  );
  const close = useCallback(() => setQuery(withoutNew, { replace: true }), [setQuery]);
  return { kind, ...said("customer", query), ...said("mend", query), open, close };
}

/** The same address without any form. */
export function withoutNew(query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of ["new", "customer", "mend"]) next.delete(name);
  return next;
}

function asking(query: URLSearchParams, words: Record<string, string | undefined>): URLSearchParams {
  for (const [name, word] of Object.entries(words)) if (word !== undefined) query.set(name, word);
  return query;
}

function said(name: keyof Beginning, query: URLSearchParams): Beginning {
  const word = query.get(name);
  return word === null ? {} : { [name]: word };
}
