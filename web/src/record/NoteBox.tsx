// Where a note is written: it says that one types, sends on Ctrl+Enter, and keeps an unsent text for this tab, so that
// closing the record loses nothing.
import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useRef } from "react";
import { useAct } from "@/app/useAct";
import { useExplain, useTyping } from "@/realtime/react";
import classes from "./NoteBox.module.css";
import { useKeptText } from "./useKeptText";

/** The records that take notes. */
export type Noted = "calls" | "services" | "customers";

const FIELD = "note";

/** The name under which an unsent note is kept. */
export const noteName = (plural: Noted, id: string): string => `note.${plural}.${id}`;

/** A box for a new note. */
export function NoteBox({ plural, id }: { plural: Noted; id: string }) {
  const act = useAct();
  const box = useRef<HTMLTextAreaElement>(null);
  const { allowed, why } = useExplain("notes");
  const { typists, typing, stopped } = useTyping(`${plural}/${id}`);
  const [text, setText] = useKeptText(noteName(plural, id));
  const others = typists.filter((typist) => typist.field === FIELD).map((typist) => typist.user.name);
  if (!allowed("create_note")) return <p className={classes.quiet}>{why("create_note")}</p>;

  const send = async () => {
    const written = text.trim();
    if (written === "") return;
    setText("");
    stopped();
    box.current?.focus();
    const outcome = await act("create_note", { resource: plural, record_id: id, text: written }, { quiet: true });
    if (outcome === null) setText((now) => now || written);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <div className={classes.box}>
      <Textarea
        ref={box}
        aria-label="New note"
        placeholder="Add a note"
        data-note-box
        dir="auto"
        autosize
        minRows={1}
        maxRows={10}
        maxLength={4000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          typing(FIELD);
        }}
        onBlur={stopped}
        onKeyDown={keys}
      />
      <div className={classes.foot} data-filled={text !== "" || undefined}>
        <span className={classes.typing} aria-live="polite">
          {others.length > 0 && (
            <>
              <bdi>{others.join(", ")}</bdi> {others.length > 1 ? "are" : "is"} writing a note…
            </>
          )}
        </span>
        {text.trim() !== "" && (
          <Button size="compact-sm" onClick={send}>
            Add note
          </Button>
        )}
      </div>
    </div>
  );
}
