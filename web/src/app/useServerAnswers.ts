// Whether the server can be reached now, asked once: tells what is gone for good from what only cannot be fetched.
import { useEffect, useState } from "react";
import { SERVER } from "./server";

const PATIENCE_MS = 4_000;

/** Null until it is known. */
export function useServerAnswers(): boolean | null {
  const [answers, setAnswers] = useState<boolean | null>(() => (navigator.onLine ? null : false));
  useEffect(() => {
    if (!navigator.onLine) return;
    const asking = new AbortController();
    const late = setTimeout(() => asking.abort(), PATIENCE_MS);
    const said = (yes: boolean) => {
      clearTimeout(late);
      setAnswers(yes);
    };
    fetch(`${SERVER}/healthz`, { cache: "no-store", signal: asking.signal }).then(
      ({ ok }) => said(ok),
      () => said(false),
    );
    return () => {
      clearTimeout(late);
    };
  }, []);
  return answers;
}
