// One note in the time line; its author may change or delete it there.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { clsx } from "clsx";
import { useState } from "react";
import { useAct } from "@/app/useAct";
import { useMe, usePending, usePerson } from "@/realtime/react";
import { Age } from "@/widgets/Age";
import { Glow } from "@/widgets/Glow";
import { Person } from "@/widgets/Person";
import classes from "./line.module.css";
import { NoteEditor } from "./NoteEditor";
import type { Note } from "./timelineEntries";

interface NoteLineProps {
  note: Note;
  /** It was deleted while I was changing it. */
  lost?: boolean;
  /** I begin or end changing it. */
  onHold: (note: Note, on: boolean) => void;
}

/** One note. */
export function NoteLine({ note, lost = false, onHold }: NoteLineProps) {
  const me = useMe();
  const act = useAct();
  const author = usePerson(note.created_by);
  const pending = usePending(note.id);
  const [editing, setEditing] = useState(false);
  const edit = (on: boolean) => {
    setEditing(on);
    onHold(note, on);
  };
  const mine = note.created_by === me.id;
  const mayChange = mine || me.role === "admin";
  const remove = () => act("delete_note", { id: note.id }, { said: "Note deleted" });
  return (
    <article className={classes.note}>
      <span className={classes.who} aria-hidden>
        <Person id={note.created_by} name={false} />
      </span>
      <header className={classes.head}>
        <bdi className={classes.name}>{author.name}</bdi>
        <Age at={note.created_at} className={classes.age ?? ""} />
        {note.updated_at !== note.created_at && <span className={classes.age}>edited</span>}
        {pending && <span className={classes.age}>sending…</span>}
        {mayChange && !editing && <NoteTools onEdit={() => edit(true)} onDelete={remove} />}
      </header>
      {editing ? (
        <NoteEditor note={note} lost={lost} onDone={() => edit(false)} />
      ) : (
        <Glow plural="notes" id={note.id}>
          <div className={clsx(classes.text, mine && classes.mine)} dir="auto">
            {note.text}
          </div>
        </Glow>
      )}
    </article>
  );
}

function NoteTools({ onEdit, onDelete }: { onEdit: () => void; onDelete: () => void }) {
  return (
    <span className={classes.tools}>
      <Tooltip label="Change" openDelay={400}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Change this note" onClick={onEdit}>
          <IconPencil size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete" openDelay={400}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Delete this note" onClick={onDelete}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
