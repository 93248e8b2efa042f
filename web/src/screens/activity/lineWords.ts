// What a line of the journal says, as the pieces around the link to its record.
import type { Held } from "@/realtime";
import type { Activity, Plural } from "@/realtime/schema";
import { isMovedAlong } from "@/widgets/alongWords";
import { CATEGORY_ICONS } from "@/widgets/categoryIcons";
import { numberOf } from "@/widgets/RecordNumber";
import { deedWords, kindWord, type Names } from "@/widgets/words";

/** The record that a line is about: what it is called, and where it is; without an address it is gone or has no page. */
export interface About {
  readonly name: string;
  readonly address: string | null;
  /** What the call or repair is, where its number alone says little. */
  readonly title?: string;
}

/** What stands before the record, the record, and what follows. */
export interface LineWords {
  readonly before: string;
  readonly about: About;
  readonly after: string;
}

// Stands for the record while the sentence is made, and is in no text that anybody types.
const PLACE = "\u{F0000}";

/** The words of an entry; `along` is one that only moved with another record's change. */
export function lineWords(entry: Activity, names: Names, about: About, along = false): LineWords {
  const said = sentence(entry, names, along);
  const at = said.indexOf(PLACE);
  if (at < 0) return { before: `${said}: `, about, after: "" };
  return { before: said.slice(0, at), about, after: said.slice(at + PLACE.length) };
}

function sentence(entry: Activity, names: Names, along: boolean): string {
  if (isReorder(entry)) return `moved ${PLACE} in the list`;
  if (entry.action === "merge_customer" && !along) return `merged ${PLACE} with another customer`;
  const happened = { ...entry, changed: readable(entry) };
  const isPart = along && !isMovedAlong(entry);
  return deedWords(isPart ? { ...happened, action: alongAction(entry) } : happened, names, PLACE);
}

const isReorder = (entry: Activity): boolean =>
  entry.changed.length > 0 && entry.changed.every(({ field }) => field === "sort_order");

/** The changed fields, the stored name of a category's sign said as its word. */
export function readable(entry: Activity): Activity["changed"] {
  const word = (value: unknown) => (typeof value === "string" && CATEGORY_ICONS[value]?.word) || value;
  return entry.changed.map((change) =>
    change.field === "icon" ? { field: "sign", was: word(change.was), now: word(change.now) } : change,
  );
}

/** Another part of the same act was changed, whatever was done to its head; without changed fields it came or went. */
function alongAction(entry: Activity): string {
  if (entry.changed.length > 0) return "update";
  return entry.action.startsWith("convert") ? "create" : "delete";
}

/** What the record of an entry is called today, and its address. */
export function aboutOf(plural: Plural, id: string, held: Held): About {
  if (plural === "notes") return aboutNote(id, held);
  const record = held[plural].get(id);
  if (record === undefined) return { name: `a ${kindWord(plural)}`, address: null };
  if ("title" in record || "device_type" in record) {
    const title = "title" in record ? record.title : [record.device_type, record.brand].filter(Boolean).join(" ");
    return { name: numberOf(plural, record), address: `/${plural}/${record.number}`, title };
  }
  const name = "display_name" in record ? record.display_name : "name" in record ? record.name : kindWord(plural);
  if (plural === "categories") return { name, address: "/categories" };
  if (plural === "service_categories") return { name, address: "/categories?kind=repairs" };
  return { name, address: `/${plural}/${record.number}` };
}

function aboutNote(id: string, held: Held): About {
  const note = held.notes.get(id);
  if (note === undefined) return { name: "a note", address: null };
  const on = aboutOf(note.resource, note.record_id, held);
  return { name: `a note on ${on.name}`, address: on.address };
}
