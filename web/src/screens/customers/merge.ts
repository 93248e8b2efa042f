// What becomes of two customers who are one: the other's fields stay, and of those that differ a person chooses which
// to take over from the one that goes. Nothing that only one of them says is lost by default.
import type { Customer, UpdateCustomer } from "@/realtime/schema";

/** The fields that a merge has to decide about. */
export const MERGED_FIELDS = ["name", "phone", "email", "address", "notes", "tags"] as const;
export type MergedField = (typeof MERGED_FIELDS)[number];

/** A field in which the two differ. */
export interface Difference {
  readonly field: MergedField;
  readonly goes: string;
  readonly stays: string;
  /** Taken over unless somebody says otherwise: the one that stays says nothing here. */
  readonly usual: boolean;
}

/** Where the one that goes says something that the one that stays does not. */
export function differences(goes: Customer, stays: Customer): Difference[] {
  return MERGED_FIELDS.flatMap((field) => {
    const theirs = said(goes, field);
    const ours = said(stays, field);
    if (theirs === "" || theirs === ours || (field === "tags" && addedTags(goes, stays).length === 0)) return [];
    return [{ field, goes: theirs, stays: ours, usual: ours === "" || field === "tags" }];
  });
}

/** The change that takes the chosen fields over before the merge; null where there is none to make. */
export function takenOver(
  goes: Customer,
  stays: Customer,
  chosen: ReadonlySet<MergedField>,
): Omit<UpdateCustomer, "op_id"> | null {
  const open = differences(goes, stays).filter(({ field }) => chosen.has(field));
  if (open.length === 0) return null;
  const values = open.map(({ field }) => [
    field,
    field === "tags" ? [...stays.tags, ...addedTags(goes, stays)].slice(0, 50) : goes[field],
  ]);
  return { id: stays.id, expected_version: stays.version, ...Object.fromEntries(values) };
}

const said = (customer: Customer, field: MergedField): string =>
  field === "tags" ? customer.tags.join(", ") : (customer[field] ?? "");

const addedTags = (goes: Customer, stays: Customer): string[] => goes.tags.filter((tag) => !stays.tags.includes(tag));
