// One command with what a form wants to know of it: whether it is under way, and what it was refused for.
import { useCallback, useEffect, useRef, useState } from "react";
import type { CommandName, Outcome, PayloadOf } from "@/realtime";
import { Refusal } from "@/realtime";
import { useClient } from "./RealtimeProvider";

export interface Commanding<C extends CommandName> {
  /** Performs the command. Throws the Refusal, which also stands in `error`. */
  run(payload: PayloadOf<C>): Promise<Outcome<C>>;
  busy: boolean;
  error: Refusal | null;
  reset(): void;
}

/** The command `name`, ready to run. */
export function useCommand<C extends CommandName>(name: C): Commanding<C> {
  const client = useClient();
  const mounted = useRef(true);
  const [underWay, setUnderWay] = useState(0);
  const [error, setError] = useState<Refusal | null>(null);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (payload: PayloadOf<C>) => {
      setUnderWay((n) => n + 1);
      setError(null);
      try {
        return await client.do(name, payload);
      } catch (refusal) {
        if (mounted.current && refusal instanceof Refusal) setError(refusal);
        throw refusal;
      } finally {
        if (mounted.current) setUnderWay((n) => n - 1);
      }
    },
    [client, name],
  );
  const reset = useCallback(() => setError(null), []);
  return { run, busy: underWay > 0, error, reset };
}
