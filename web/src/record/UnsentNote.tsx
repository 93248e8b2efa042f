// What was being written about a record when it was deleted: it can no longer be sent, and stays to be copied.
import { Textarea } from "@mantine/core";
import { type Noted, noteName } from "./NoteBox";
import { useKeptText } from "./useKeptText";

/** The text, to be read only; nothing where nothing was being written. */
export function UnsentNote({ plural, id }: { plural: Noted; id: string }) {
  const [text] = useKeptText(noteName(plural, id));
  if (text.trim() === "") return null;
  return <Textarea label="Your note, not sent" value={text} readOnly dir="auto" autosize minRows={1} maxRows={10} />;
}
