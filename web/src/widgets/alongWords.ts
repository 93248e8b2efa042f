// What is said of a record that only moved with what was done to another (S2, V6): a call whose engineer left, whose
// category was deleted, whose customer was merged; a repair that was made out of a call.
import type { Plural } from "@/realtime/react";
import type { Happened } from "./sentences";
import { kindOfCommand, kindWord, verbOf } from "./words";

/** The values of the changed fields, in words. */
export interface Told {
  was: (field: string) => string;
  now: (field: string) => string;
}

/** Whether the command was about a record of another kind. */
export function isMovedAlong({ action, resource }: Happened): boolean {
  const kind = kindOfCommand(action);
  return kind !== undefined && kind !== resource;
}

/** What happened to it, to stand after the name of who did that; null where there is nothing better than its fields. */
export function alongWords(happened: Happened, told: Told, it?: string): string | null {
  const what = it ?? "it";
  const whole = it ?? `the ${kindWord(happened.resource as Plural)}`;
  const verb = verbOf(happened.action);
  const has = new Set(happened.changed.flatMap((one) => (typeof one === "string" ? [] : [one.field])));
  const hands = has.has("assignee_id") ? "assignee_id" : "technician_id";
  if (verb === "convert") return `made ${whole} out of a call`;
  if (has.has(hands)) return handed(verb, what, told.was(hands), told.now(hands));
  if (has.has("category_id")) return `moved ${what} to ${told.now("category_id")}, as its category was deleted`;
  if (has.has("customer_id")) {
    const whose = it === undefined ? "its customer" : `the customer of ${it}`;
    return `merged ${whose} into ${told.now("customer_id")}`;
  }
  if (happened.changed.length > 0) return null;
  return verb === "delete" ? `deleted ${whole}` : null;
}

function handed(verb: string, what: string, from: string, to: string): string {
  const why = verb === "delete" ? "who left" : "who was deactivated";
  return to === "nothing" ? `took ${what} from ${from}, ${why}` : `moved ${what} from ${from}, ${why}, to ${to}`;
}
