// What happened, in sentences (WEB S2, U5, V6): of a command just done, and of the entries of the journal.
import type { CommandName, Plural } from "@/realtime/react";
import { alongWords, isMovedAlong } from "./alongWords";
import { fullDay, fullTime } from "./duration";
import { type Numbered, numberOf } from "./RecordNumber";
import {
  availabilityWord,
  commandWord,
  fieldWord,
  kindOfCommand,
  kindWord,
  outcomeWord,
  priorityWord,
  reasonWord,
  roleWord,
  statusWord,
  verbOf,
} from "./words";

const DONE: Record<string, string> = {
  create: "added",
  update: "changed",
  assign: "assigned",
  claim: "taken",
  release: "given back",
  start: "started",
  hold: "put on hold",
  resume: "resumed",
  complete: "completed",
  reopen: "reopened",
  close: "closed",
  cancel: "cancelled",
  convert: "turned into a repair",
  delete: "deleted",
  advance: "moved on",
  deliver: "handed out",
  merge: "merged",
  deactivate: "deactivated",
  activate: "activated",
  import: "imported",
};

/** What was done, said to who did it: "C-1042 assigned." */
export function doneSentence(command: CommandName, record: object | null): string {
  const plural = kindOfCommand(command);
  const done = DONE[verbOf(command)];
  if (plural === undefined || done === undefined) return `${commandWord(command)}: done.`;
  const numbered = record as (Numbered & { name?: string; display_name?: string }) | null;
  const named = numbered?.name ?? numbered?.display_name;
  const kind = kindWord(plural);
  const what = plural === "calls" || plural === "services" ? numbered?.number && numberOf(plural, numbered) : named;
  return `${what || kind.charAt(0).toUpperCase() + kind.slice(1)} ${done}.`;
}

/** What the words of a value need to know of other records. */
export interface Names {
  person(id: string): string;
  category(id: string): string;
  customer(id: string): string;
  number(plural: Plural, id: string): string;
}

/** For who holds no records: what they are, without their names. */
export const NO_NAMES: Names = {
  person: () => "somebody",
  category: () => "another category",
  customer: () => "another customer",
  number: (plural) => `another ${kindWord(plural)}`,
};

const MOMENTS = /_at$/;

/** A value of a field in words; "nothing" for none. */
export function valueWords(plural: Plural, field: string, value: unknown, names: Names = NO_NAMES): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.join(", ");
  const text = String(value);
  if (field === "status") return statusWord(plural, text);
  if (field === "priority") return priorityWord(text);
  if (field === "role") return roleWord(text);
  if (field === "outcome") return outcomeWord(text);
  if (field === "availability") return availabilityWord(text);
  if (field === "status_reason") return reasonWord(text);
  if (field === "assignee_id" || field === "technician_id") return names.person(text);
  if (field === "category_id") return names.category(text);
  if (field === "customer_id") return names.customer(text);
  if (field === "service_id" || field === "rework_of") return names.number("services", text);
  if (field === "call_id") return names.number("calls", text);
  if (field.endsWith("_minor")) return (Number(value) / 100).toFixed(2);
  if (MOMENTS.test(field)) return fullTime(text);
  if (field === "promised_on") return fullDay(text);
  return text;
}

/** An entry of the journal, or the meta of an event, as far as a sentence needs it. */
export interface Happened {
  action: string;
  resource: string;
  /** Who did it; without him the sentence begins with the deed. */
  actor?: { name: string };
  changed: readonly (string | { field: string; was: unknown; now: unknown })[];
}

/** Who did what, without a full stop: "Ana assigned it to Chiara". `it` is what the record is called there: "C-1042". */
export function changeSentence(happened: Happened, names: Names = NO_NAMES, it?: string): string {
  const deed = deedWords(happened, names, it);
  return happened.actor ? `${happened.actor.name} ${deed}` : deed.charAt(0).toUpperCase() + deed.slice(1);
}

/** What was done, to stand after a name: "assigned it to Chiara". */
export function deedWords(happened: Happened, names: Names = NO_NAMES, it?: string): string {
  const plural = happened.resource as Plural;
  const verb = verbOf(happened.action);
  const now = new Map(
    happened.changed.flatMap((one) => (typeof one === "string" ? [] : [[one.field, one.now] as const])),
  );
  const told = (field: string) => valueWords(plural, field, now.get(field), names);
  if (isMovedAlong(happened)) {
    const was = (field: string) => valueWords(plural, field, wasIn(happened, field), names);
    return alongWords(happened, { was, now: told }, it) ?? changedWords(plural, happened, names, it);
  }
  const because = now.get("status_reason") ? `: ${told("status_reason")}` : "";
  const what = it ?? "it";
  const whole = it ?? `the ${kindWord(plural)}`;
  const outcome = now.get("outcome") ? `: ${told("outcome")}` : "";
  const deeds: Record<string, () => string> = {
    create: () => `added ${whole}`,
    import: () => `imported ${whole}`,
    delete: () => `deleted ${whole}`,
    undo: () => (it === undefined ? "undid the last change" : `undid a change of ${it}`),
    assign: () => assignment(happened, told, what),
    claim: () => `took ${what}`,
    release: () => `gave ${what} back${because}`,
    start: () => `started work on ${what}`,
    hold: () => `put ${what} on hold${because}`,
    resume: () => `resumed work on ${what}`,
    complete: () => `completed ${what}${outcome}`,
    reopen: () => `reopened ${what}${because}`,
    close: () => `closed ${what}`,
    cancel: () => `cancelled ${what}${because}`,
    convert: () => `made a repair of ${what}`,
    advance: () => (now.has("status") ? `moved ${what} to ${told("status")}` : `moved ${what} on`),
    deliver: () => (now.has("delivered_to") ? `handed ${what} to ${told("delivered_to")}` : `handed ${what} out`),
    deactivate: () => `deactivated ${what}`,
    activate: () => `activated ${what}`,
  };
  return deeds[verb]?.() ?? changedWords(plural, happened, names, it);
}

function wasIn({ changed }: Happened, field: string): unknown {
  const found = changed.find((one) => typeof one !== "string" && one.field === field);
  return typeof found === "object" ? found.was : null;
}

function assignment({ changed }: Happened, told: (field: string) => string, what: string): string {
  const field = ["assignee_id", "technician_id"].find((name) =>
    changed.some((one) => typeof one !== "string" && one.field === name),
  );
  if (field === undefined) return `assigned ${what}`;
  const person = told(field);
  return person === "nothing" ? `took the assignment of ${what} away` : `assigned ${what} to ${person}`;
}

/** Fields that follow from others or from the step itself: not worth a word. */
const SILENT = new Set([
  "assigned_at",
  "started_at",
  "completed_at",
  "closed_at",
  "delivered_at",
  "reopened_count",
  "currency",
  "must_change_password",
]);

const LONG = 80;

function changedWords(plural: Plural, { changed }: Happened, names: Names, it?: string): string {
  const said = changed.flatMap((one) => {
    const field = typeof one === "string" ? one : one.field;
    if (SILENT.has(field)) return [];
    const word = fieldWord(plural, field);
    if (typeof one === "string") return [{ word, now: "" }];
    const now = valueWords(plural, field, one.now, names);
    return [{ word, now: now.length > LONG || now.includes("\n") ? "" : now }];
  });
  const of = it === undefined ? "" : ` of ${it}`;
  const gone = said.filter(({ now }) => now === "nothing").map(({ word }) => word);
  const set = said
    .filter(({ now }) => now !== "nothing")
    .map(({ word, now }) => (now === "" ? word : `${word} to ${now}`));
  const parts = [
    ...(set.length > 0 ? [`changed ${set.join(", ")}`] : []),
    ...(gone.length > 0 ? [`removed ${gone.join(", ")}`] : []),
  ];
  return parts.length === 0 ? `changed ${it ?? "it"}` : parts.join(" and ") + of;
}
