// Changing the text of a note in the time line. When somebody deletes the note meanwhile, what was typed stays, to be
// copied or added anew (L5).
import { Button, CopyButton, Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useAct } from "@/app/useAct";
import classes from "./line.module.css";
import type { Note } from "./timelineEntries";

interface NoteEditorProps {
  note: Note;
  /** It was deleted while I was at it. */
  lost: boolean;
  onDone: () => void;
}

/** The box with the text, and what to do with it. */
export function NoteEditor({ note, lost, onDone }: NoteEditorProps) {
  const act = useAct();
  const [base] = useState(note.version);
  const [text, setText] = useState(note.text);
  const save = async () => {
    const written = text.trim();
    if (written === "" || (written === note.text && !lost)) return onDone();
    const { id, resource, record_id } = note;
    const saved = lost
      ? await act("create_note", { resource, record_id, text: written }, { said: "Note added" })
      : await act("update_note", { id, text: written, expected_version: base }, { said: "Note changed" });
    if (saved) onDone();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
    if (event.key === "Escape" && !lost) {
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <div>
      {lost && (
        <p role="alert" className={classes.lost}>
          This note was deleted meanwhile. What you typed is still here.
        </p>
      )}
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
          {lost ? "Add as a new note" : "Save"}
        </Button>
        {lost && <CopyText text={text} />}
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {lost ? "Let it go" : "Cancel"}
        </Button>
      </div>
    </div>
  );
}

function CopyText({ text }: { text: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy}>
          {copied ? "Copied" : "Copy"}
        </Button>
      )}
    </CopyButton>
  );
}
