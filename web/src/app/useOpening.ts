// The stages between opening the page and working on the board: asking who is signed in, the live client, its end.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Client, connect } from "@/realtime";
import { lastMe, type Me, changePassword as setPassword, signOutHere, whoAmI } from "./account";
import { Failure } from "./api";
import { SERVER } from "./server";

export type Stage =
  | { at: "asking" }
  | { at: "silent"; sentence: string }
  | { at: "out" }
  | { at: "left" }
  | { at: "open"; me: Me; client: Client }
  | { at: "ended"; me: Me; reason: string; waiting: number };

export interface Opening {
  stage: Stage;
  /** Begins anew, after signing in or when the server was silent. */
  again: () => void;
  /** Ends the session and leaves nothing of the team's records in this browser; `drop`: nor what was not sent. */
  signOut: (options?: { drop?: boolean }) => Promise<void>;
  /** Sets another password; the session that this ends is followed by a new one, without a page between them. */
  changePassword: (current: string, wanted: string) => Promise<void>;
}

const ALL = ["calls", "services", "customers", "users", "categories", "service_categories", "notes"] as const;

/** Opens the board for whoever is signed in, and keeps to what becomes of the session. */
export function useOpening(): Opening {
  const queries = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const [stage, setStage] = useState<Stage>({ at: "asking" });
  const leaving = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a new opening
  useEffect(() => {
    let over = false;
    let close = () => {};
    const show = (next: Stage) => {
      if (!over) setStage(next);
    };
    askWho().then(
      (me) => {
        if (over) return;
        const client = connect({ url: SERVER, resources: ALL, user: me.user, tenant: me.tenant });
        const off = client.onStatus(({ state, reason, waiting }) => {
          if (state === "ended" && !leaving.current) show({ at: "ended", me, reason: reason ?? "expired", waiting });
        });
        close = () => {
          off();
          void client.close();
        };
        show({ at: "open", me, client });
      },
      (failure) => show(withoutAnswer(failure)),
    );
    return () => {
      over = true;
      close();
      queries.clear();
    };
  }, [attempt, queries]);

  const again = useCallback(() => {
    leaving.current = false;
    setStage((now) => (now.at === "silent" ? now : { at: "asking" }));
    setAttempt((before) => before + 1);
  }, []);
  const quietly = useCallback(async (work: () => Promise<unknown>) => {
    leaving.current = true;
    try {
      await work();
    } catch (failure) {
      leaving.current = false;
      throw failure;
    }
  }, []);
  const client = stage.at === "open" ? stage.client : null;
  const signOut = useCallback(
    async ({ drop = false }: { drop?: boolean } = {}) => {
      await quietly(signOutHere);
      if (drop) for (const { op_id } of client?.outbox.entries.getState() ?? []) client?.outbox.drop(op_id);
      await client?.forget();
      setStage({ at: "left" });
    },
    [client, quietly],
  );
  const me = stage.at === "open" ? stage.me : null;
  const changePassword = useCallback(
    async (current: string, wanted: string) => {
      if (me === null) return;
      await quietly(() => setPassword(me, current, wanted));
      again();
    },
    [me, quietly, again],
  );
  return { stage, again, signOut, changePassword };
}

/** Who is signed in; while the server does not answer, whoever was so last here: his board is in this browser. */
async function askWho(): Promise<Me> {
  try {
    return await whoAmI();
  } catch (failure) {
    const last = failure instanceof Failure && failure.unanswered ? lastMe() : null;
    if (last === null) throw failure;
    return last;
  }
}

function withoutAnswer(failure: unknown): Stage {
  if (failure instanceof Failure && failure.status === 401) return { at: "out" };
  return { at: "silent", sentence: failure instanceof Error ? failure.message : String(failure) };
}
