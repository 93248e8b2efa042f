// One note in the time line; its author may change or delete it there.
import { ActionIcon, Button, Textarea, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { clsx } from "clsx";
import { type KeyboardEvent, useState } from "react";
import { useAct } from "@/app/useAct";
import { useMe, usePending, usePerson } from "@/realtime/react";
import { Age } from "@/widgets/Age";
import { Glow } from "@/widgets/Glow";
import { Person } from "@/widgets/Person";
import classes from "./line.module.css";
import type { Note } from "./timelineEntries";

/** One note. */
export function NoteLine({ note }: { note: Note }) {
  const me = useMe();
  const act = useAct();
  const author = usePerson(note.created_by);
  const pending = usePending(note.id);
  const [editing, setEditing] = useState(false);
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
        {mayChange && !editing && <NoteTools onEdit={() => setEditing(true)} onDelete={remove} />}
      </header>
      {editing ? (
        <NoteEditor note={note} onDone={() => setEditing(false)} />
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

function NoteEditor({ note, onDone }: { note: Note; onDone: () => void }) {
  const act = useAct();
  const [base] = useState(note.version);
  const [text, setText] = useState(note.text);
  const save = async () => {
    const written = text.trim();
    if (written === "" || written === note.text) return onDone();
    const saved = await act(
      "update_note",
      { id: note.id, text: written, expected_version: base },
      { said: "Note changed" },
    );
    if (saved) onDone();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <div>
      <Textarea
        aria-label="Note"
        autoFocus
        autosize
        maxRows={14}
        maxLength={4000}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <div className={classes.buttons}>
        <Button size="compact-sm" onClick={save}>
          Save
        </Button>
        <Button size="compact-sm" variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
