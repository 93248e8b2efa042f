// What a command is called where it waits to be sent, or was refused (L4): "Complete C-1042".
import type { Entry, Held, Plural } from "@/realtime";
import { type Numbered, numberOf } from "./RecordNumber";
import { commandWord, kindOfCommand, kindWord } from "./words";

const BY_NUMBER: readonly Plural[] = ["calls", "services"];

/** Its name, with the number of its record where that is held and people use it. */
export function entryName(
  { label, command, payload }: Pick<Entry, "label" | "command" | "payload">,
  held: Held,
): string {
  if (label !== undefined) return label;
  const words = commandWord(command);
  const plural = kindOfCommand(command);
  if (plural === undefined || !BY_NUMBER.includes(plural)) return words;
  const record = held[plural].get(String(payload.id)) as Numbered | undefined;
  const kind = kindWord(plural);
  return record?.number && words.endsWith(kind) ? words.slice(0, -kind.length) + numberOf(plural, record) : words;
}
