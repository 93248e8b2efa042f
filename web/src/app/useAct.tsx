// Doing something and being told about it (WEB U1, U5): a refusal says its own sentence, what was done can be taken back
// from its toast for ten seconds, and what waits for the connection says so.
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import type { Ack, Client } from "@/realtime";
import { hasChanged, Refusal } from "@/realtime";
import { type CommandName, type Outcome, type PayloadOf, useClient } from "@/realtime/react";
import { doneSentence } from "@/widgets/sentences";
import { toast } from "@/widgets/toast";

/** How the person is told. */
export interface ActOptions<C extends CommandName> {
  /** What to say when it is done; a sentence is made of the command where nothing is given. */
  said?: string | ((ack: Ack<C>) => string);
  /** Offer to take it back (by default wherever the server can). */
  undo?: boolean;
  /** Say nothing of success: what was done shows in place. */
  quiet?: boolean;
  /** Hears of a refusal first; `true` when it has shown it, so that no toast is needed. */
  refused?: (refusal: Refusal) => unknown;
}

/** Performs a command and tells the person; null when it was refused. */
export type Act = <C extends CommandName>(
  command: C,
  payload: PayloadOf<C>,
  options?: ActOptions<C>,
) => Promise<Outcome<C> | null>;

/** Commands that nothing takes back. */
const FOR_GOOD: ReadonlySet<CommandName> = new Set<CommandName>(["change_password", "reset_password"]);

/** How long an Undo is offered (U5). */
export const UNDO_MS = 10_000;

/** A function that performs commands and tells of them. */
export function useAct(): Act {
  const client = useClient();
  return useCallback(
    async <C extends CommandName>(command: C, payload: PayloadOf<C>, options: ActOptions<C> = {}) => {
      try {
        const outcome = await client.do(command, payload);
        tell(client, command, outcome, options);
        return outcome;
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        if (options.refused?.(refusal) !== true) toast({ type: "error", message: refusal.message });
        return null;
      }
    },
    [client],
  );
}

function tell<C extends CommandName>(client: Client, command: C, outcome: Outcome<C>, options: ActOptions<C>) {
  if (outcome.state === "held") {
    toast({ id: "held", type: "info", message: "Will be sent when you are back online." });
    return;
  }
  if (options.quiet) return;
  const { ack } = outcome;
  const { said = (done: Ack<C>) => doneSentence(command, done.data) } = options;
  const message = typeof said === "string" ? said : said(ack);
  const canUndo = (options.undo ?? true) && !FOR_GOOD.has(command) && hasChanged(ack, client.me.user.id);
  if (!canUndo) return void toast({ type: "success", message });
  const id = toast({
    // One toast a record: what was done to it before can no longer be taken back alone.
    ...(ack.data && { id: `done-${ack.data.id}` }),
    type: "success",
    message,
    stay: UNDO_MS,
    action: {
      label: "Undo",
      onClick: () => {
        notifications.hide(id);
        void takeBack(client, ack.cursor);
      },
    },
  });
}

async function takeBack(client: Client, cursor: string) {
  try {
    await client.undo(cursor);
    toast({ type: "success", message: "Taken back." });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    toast({ type: "error", message: refusal.message });
  }
}
