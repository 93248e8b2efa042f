// Doing what a drop, a menu or a key asks for (S2): plain commands at once, with Undo in their toast; wordy ones by
// opening their dialog; assigning one call or all that are ticked.
import { useCallback, useMemo, useState } from "react";
import { useAct } from "@/app/useAct";
import { useClient } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { CALL_ACTIONS, saidOf } from "./drawer/callActions";
import type { Move, MoveCommand, PlainCommand, WordyCommand } from "./moves";
import type { Bulk } from "./useBulk";

/** The dialog that is open, if one. */
export interface OpenDialog {
  id: string;
  command: WordyCommand;
}

/** What can be done with calls from the board. */
export interface CallMoves {
  dialog: OpenDialog | null;
  closeDialog(): void;
  /** Does a command, or opens the dialog that asks for its words. */
  perform(call: Call, command: MoveCommand): void;
  assign(ids: readonly string[], to: string): void;
  /** Carries out a drop, for all of `ids` where the move needs no words. */
  move(ids: readonly string[], call: Call, move: Move): void;
}

const isWordy = (command: MoveCommand): command is WordyCommand => CALL_ACTIONS[command].asks;

const SAID: Record<PlainCommand, string> = {
  claim_call: "taken by you",
  start_call: "started",
  resume_call: "resumed",
  close_call: "closed",
};

/** The moves, over the common actions of the board. */
export function useCallMoves(bulk: Bulk): CallMoves {
  const act = useAct();
  const client = useClient();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const closeDialog = useCallback(() => setDialog(null), []);
  const run = bulk.run;

  const perform = useCallback(
    (call: Call, command: MoveCommand) => {
      if (isWordy(command)) setDialog({ id: call.id, command });
      else void act(command, { id: call.id }, { said: `${saidOf(command, numberOf("calls", call))}.` });
    },
    [act],
  );
  const assign = useCallback(
    (ids: readonly string[], to: string) => {
      const { users, calls } = client.records.getState();
      const name = users.get(to)?.display_name ?? "";
      const [only] = ids;
      if (ids.length > 1) void run("assign_call", ids, (id) => ({ id, assignee_id: to }), `assigned to ${name}`);
      else if (only !== undefined) {
        const said = `${numberOf("calls", calls.get(only))} assigned to ${name}.`;
        void act("assign_call", { id: only, assignee_id: to }, { said });
      }
    },
    [act, client, run],
  );
  const move = useCallback(
    (ids: readonly string[], call: Call, wanted: Move) => {
      if (wanted.kind === "assign") assign(ids, wanted.to);
      else if (wanted.kind === "dialog") perform(call, wanted.command);
      else if (wanted.kind !== "command") return;
      else if (ids.length > 1) void run(wanted.command, ids, (id) => ({ id }), SAID[wanted.command]);
      else perform(call, wanted.command);
    },
    [assign, perform, run],
  );
  return useMemo(() => ({ dialog, closeDialog, perform, assign, move }), [dialog, closeDialog, perform, assign, move]);
}
