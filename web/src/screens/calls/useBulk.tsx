// One action on many calls, with its progress, its summary and a way back (S2, U5). What was refused stays listed, call
// by call with the server's sentence, until it is put away.
import { notifications } from "@mantine/notifications";
import { useCallback, useMemo, useState } from "react";
import { UNDO_MS } from "@/app/useAct";
import { type Client, type CommandName, hasChanged, type PayloadOf } from "@/realtime";
import { useClient } from "@/realtime/react";
import { toast } from "@/widgets/toast";
import { forEachOf, type Progress, type Result, summary, undoOrder } from "./bulk";

/** One that was refused, with the reason. */
export type Refused = Extract<Result, { state: "refused" }>;

/** The state of the common action, and how to begin one. */
export interface Bulk {
  progress: Progress | null;
  refused: readonly Refused[];
  forget(): void;
  /** Does the command to each; `said` completes "3 calls …". Answers the ids that were not refused. */
  run<C extends CommandName>(
    command: C,
    ids: readonly string[],
    payload: (id: string) => PayloadOf<C>,
    said: string,
  ): Promise<readonly string[]>;
}

/** Common actions on calls. */
export function useBulk(): Bulk {
  const client = useClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const forget = useCallback(() => setRefused([]), []);
  const run = useCallback<Bulk["run"]>(
    async (command, ids, payload, said) => {
      setRefused([]);
      setProgress({ done: 0, of: ids.length });
      const results = await forEachOf(ids, (id) => perform(client, command, payload(id)), setProgress);
      setProgress(null);
      setRefused(results.filter((result) => result.state === "refused"));
      tell(client, results, said, setProgress);
      return results.flatMap((result) => (result.state === "refused" ? [] : [result.id]));
    },
    [client],
  );
  return useMemo(() => ({ progress, refused, forget, run }), [progress, refused, forget, run]);
}

async function perform<C extends CommandName>(client: Client, command: C, payload: PayloadOf<C>) {
  const outcome = await client.do(command, payload);
  if (outcome.state === "held") return outcome;
  const cursor = hasChanged(outcome.ack, client.me.user.id) ? outcome.ack.cursor : null;
  return { state: outcome.state, ack: { cursor } };
}

type ShowProgress = (progress: Progress | null) => void;

function tell(client: Client, results: readonly Result[], said: string, show: ShowProgress) {
  const cursors = undoOrder(results);
  const message = `${summary(results, said)}.`;
  const type = cursors.length > 0 ? "success" : results.some((one) => one.state === "refused") ? "error" : "info";
  if (cursors.length === 0) return void toast({ type, message });
  const undo = () => {
    notifications.hide(id);
    void takeBack(client, cursors, show);
  };
  const id = toast({ type, message, stay: UNDO_MS, action: { label: "Undo", onClick: undo } });
}

async function takeBack(client: Client, cursors: readonly string[], show: ShowProgress) {
  show({ done: 0, of: cursors.length });
  const results = await forEachOf(cursors, (cursor) => takeBackOne(client, cursor), show);
  show(null);
  const kept = results.filter((result) => result.state === "refused").length;
  const back = cursors.length - kept;
  const rest = kept > 0 ? ` ${kept} stayed: somebody has changed them since.` : "";
  toast({
    type: back > 0 ? "success" : "error",
    message: `${back === 1 ? "1 call" : `${back} calls`} taken back.${rest}`,
  });
}

async function takeBackOne(client: Client, cursor: string) {
  await client.undo(cursor);
  return { state: "acknowledged" as const, ack: { cursor: null } };
}
