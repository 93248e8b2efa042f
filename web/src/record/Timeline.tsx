// What happened with a record: notes and activity in one time line, newest first, live (S2). On top the box for a new note.
import { Button, Skeleton } from "@mantine/core";
import { useCallback, useMemo } from "react";
import { useIsConnected, useRecords } from "@/realtime/react";
import type { Note } from "@/realtime/schema";
import { deedWords } from "@/widgets/sentences";
import { useNames } from "@/widgets/useNames";
import { ChangeLine } from "./ChangeLine";
import { NoteBox, type Noted } from "./NoteBox";
import { NoteLine } from "./NoteLine";
import classes from "./Timeline.module.css";
import { timeline } from "./timelineEntries";
import { UnsentNote } from "./UnsentNote";
import { useActivity } from "./useActivity";
import { useNotesInHand } from "./useNotesInHand";

interface TimelineProps {
  plural: Noted;
  id: string;
  /** No new notes: the record is gone. */
  closed?: boolean;
}

/** The time line of a record. */
export function Timeline({ plural, id, closed = false }: TimelineProps) {
  const about = useCallback((note: Note) => note.record_id === id && note.resource === plural, [id, plural]);
  const names = useNames();
  const notes = useRecords("notes", about);
  const { changes, more, fetchMore, loading, failed } = useActivity(plural, id);
  const isConnected = useIsConnected();
  const { shown, isLost, hold } = useNotesInHand(notes);
  const lines = useMemo(() => timeline(changes, shown, more), [changes, shown, more]);
  return (
    <section className={classes.timeline} aria-label="Notes and activity">
      <h3 className={classes.heading}>Notes and activity</h3>
      {closed ? <UnsentNote plural={plural} id={id} /> : <NoteBox plural={plural} id={id} />}
      <ol className={classes.lines}>
        {lines.map((line) => (
          <li key={line.key} className={classes.line}>
            {line.kind === "note" ? (
              <NoteLine note={line.note} lost={isLost(line.note)} onHold={hold} />
            ) : (
              <ChangeLine change={line.change} deed={deedWords(line.change, names)} />
            )}
          </li>
        ))}
      </ol>
      {loading && <Waiting />}
      {failed && !isConnected && (
        <p className={classes.quiet}>Earlier activity is shown again as soon as you are back online.</p>
      )}
      {more && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={fetchMore}>
          Show earlier
        </Button>
      )}
    </section>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-hidden>
      {[80, 60, 70].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} animate={false} />
      ))}
    </div>
  );
}
