// Notes that I am changing stay in the time line when somebody deletes them under my hands: what I typed is not lost (L5).
import { useCallback, useMemo, useState } from "react";
import type { Note } from "./timelineEntries";

export interface NotesInHand {
  /** The notes, and those in my hands that are no longer there. */
  shown: readonly Note[];
  isLost: (note: Note) => boolean;
  /** I begin or end changing this one. */
  hold: (note: Note, on: boolean) => void;
}

/** The notes of a record with those that I am changing among them. */
export function useNotesInHand(notes: readonly Note[]): NotesInHand {
  const [inHand, setInHand] = useState<ReadonlyMap<string, Note>>(new Map());
  const hold = useCallback(
    (note: Note, on: boolean) =>
      setInHand((before) => {
        const next = new Map(before);
        if (on) next.set(note.id, note);
        else next.delete(note.id);
        return next;
      }),
    [],
  );
  return useMemo(() => {
    const there = new Set(notes.map(({ id }) => id));
    const lost = [...inHand.values()].filter(({ id }) => !there.has(id));
    return {
      shown: lost.length === 0 ? notes : [...notes, ...lost],
      isLost: (note) => !there.has(note.id),
      hold,
    };
  }, [notes, inHand, hold]);
}
