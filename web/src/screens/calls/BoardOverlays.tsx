// What cards and ticked calls ask for over the board: the menu of a card, the window that asks to whom, the dialogs that
// ask for words, the bar of common actions.
import { useMemo } from "react";
import { part } from "@/app/part";
import type { Call } from "@/realtime/schema";
import { priorityWord } from "@/widgets/words";
import { BulkBar } from "./BulkBar";
import { CallMenu } from "./CallMenu";
import type { BoardState } from "./useBoard";

const AssignDialog = part(() => import("./AssignDialog"));
const CallDialogs = part(() => import("./CallDialogs"));

/** Whatever is open over the board. */
export function BoardOverlays({ board, calls }: { board: BoardState; calls: readonly Call[] }) {
  const { menu, hands, moves, assigning, ticked } = board;
  return (
    <>
      <TickedBar board={board} calls={calls} />
      {menu !== null && (
        <CallMenu
          key={menu.id}
          id={menu.id}
          at={menu.at}
          ticked={ticked.has(menu.id)}
          onClose={board.closeMenu}
          onOpen={() => hands.open(menu.id)}
          onTick={() => hands.tick(menu.id, false)}
          onAssign={() => board.setAssigning([menu.id])}
          onPerform={moves.perform}
        />
      )}
      {assigning !== null && (
        <AssignDialog
          ids={assigning}
          onPick={(to) => moves.assign(assigning, to)}
          onClose={() => board.setAssigning(null)}
        />
      )}
      {moves.dialog !== null && <CallDialogs dialog={moves.dialog} onClose={moves.closeDialog} />}
    </>
  );
}

function TickedBar({ board, calls }: { board: BoardState; calls: readonly Call[] }) {
  const { ticked, bulk, clearTicked } = board;
  const chosen = useMemo(() => calls.filter((call) => ticked.has(call.id)), [calls, ticked]);
  const closable = useMemo(() => chosen.filter((call) => call.status === "completed").map((call) => call.id), [chosen]);
  const ids = chosen.map((call) => call.id);
  return (
    <BulkBar
      bulk={bulk}
      count={ids.length}
      closable={closable.length}
      onAssign={() => board.setAssigning(ids)}
      onClose={() => void bulk.run("close_call", closable, (id) => ({ id }), "closed")}
      onPriority={(priority) =>
        void bulk.run(
          "update_call",
          ids,
          (id) => ({ id, priority }),
          `set to ${priorityWord(priority).toLowerCase()} priority`,
        )
      }
      onClear={clearTicked}
    />
  );
}
