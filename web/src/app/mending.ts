// Mending what was refused (L4): where a refused command is put right, and what of the outbox its second try replaces.
import type { Client, CommandName, Entry, Held, Plural } from "@/realtime";
import { kindOfCommand } from "@/widgets/words";
import type { NewKind } from "./useNewRecord";

/** A form that begins with what was refused, or the drawer of the record that it was about. */
export type MendingPlace = { form: NewKind } | { path: string };

const FORMS: Partial<Record<CommandName, NewKind>> = {
  create_call: "call",
  create_service: "service",
  create_customer: "customer",
};
const WITH_DRAWER: readonly Plural[] = ["calls", "services", "customers", "users"];

/** Where to mend it; null where there is no such place any more. */
export function mendingPlace({ command, payload }: Entry, held: Held): MendingPlace | null {
  const form = FORMS[command];
  if (form !== undefined) return { form };
  const about = recordOf({ command, payload }, held);
  if (about === null || !WITH_DRAWER.includes(about.plural)) return null;
  const record = held[about.plural].get(about.id);
  return record === undefined ? null : { path: `/${about.plural}/${record.number || record.id}` };
}

/** The record whose drawer tells of this command: its own, or the one that a note stands on. */
export function recordOf(
  { command, payload }: Pick<Entry, "command" | "payload">,
  held: Pick<Held, "notes">,
): { plural: Plural; id: string } | null {
  const plural = kindOfCommand(command) ?? (USERS.has(command) ? "users" : undefined);
  if (plural === undefined || typeof payload.id !== "string") return null;
  if (plural !== "notes") return { plural, id: payload.id };
  const on = command === "create_note" ? payload : held.notes.get(payload.id);
  if (on === undefined) return null;
  return { plural: on.resource as Plural, id: String(on.record_id) };
}

/** Commands about a person that do not say so in their name. */
const USERS: ReadonlySet<string> = new Set(["set_role", "set_availability", "change_email"]);

/** What was sent anew is no longer refused: the same commands about the same records leave the outbox. */
export function dropMended({ outbox }: Client, sent: readonly { command: CommandName; id: string }[], op_id?: string) {
  for (const entry of outbox.entries.getState()) {
    const isSent = sent.some(({ command, id }) => entry.command === command && entry.payload.id === id);
    if (entry.state === "refused" && (isSent || entry.op_id === op_id)) outbox.drop(entry.op_id);
  }
}
