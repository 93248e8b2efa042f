// What each column says while a card is dragged over the board: whether it takes the card, and why not. The table of
// stages says it at once; the server's word on what this person may do follows from `explain`.
import { useCallback } from "react";
import { useExplain } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { commandOf, moveTo, type Status } from "../stages";
import type { Taking } from "./ServiceColumn";

/** Asks a column; null where nothing is dragged, or it came from there. */
export function useTaking(dragged: Service | null): (status: Status) => Taking {
  const explained = useExplain("services", dragged?.id);
  return useCallback(
    (status) => {
      if (dragged === null) return null;
      const move = moveTo(dragged.status, status);
      if (move.kind === "stay") return null;
      if (move.kind === "no") return { takes: false, words: move.why };
      const command = commandOf(move);
      if (command !== null && !explained.allowed(command)) {
        return { takes: false, words: explained.why(command) ?? "Not yours to move." };
      }
      return { takes: true, words: move.kind === "ask" ? "Drop here: asks before it moves" : "Drop here" };
    },
    [dragged, explained],
  );
}
