// Which events tell of which kind of record (PROTOCOL 3): the nouns, and what each event means for a list.
import { type EventName, NOUNS, type Plural } from "@/realtime";

/** The noun of a kind of record: `calls` → `call`. */
export const nounOf = (plural: Plural): string => NOUNS[plural];

/** What an event means for a list of records. */
export type Kind = "insert" | "update" | "delete";

/** The events of one kind of record and what each means. */
export function eventsOf(plural: Plural): [EventName, Kind][] {
  const noun = NOUNS[plural];
  const events: [string, Kind][] = [
    [`${noun}_created`, "insert"],
    [`${noun}_updated`, "update"],
    [plural === "users" ? "user_deleted_broadcast" : `${noun}_deleted`, "delete"],
    ["record_hidden", "delete"],
  ];
  if (plural === "calls") events.push(["call_assigned", "update"], ["call_completed", "update"]);
  return events as [EventName, Kind][];
}
