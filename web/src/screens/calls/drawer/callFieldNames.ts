// The fields of a call that are edited in place.
import type { Editing } from "@/record/useEditing";

export const CALL_FIELDS = [
  "title",
  "description",
  "category_id",
  "priority",
  "due_at",
  "customer_id",
  "customer_name",
  "customer_phone",
  "customer_address",
] as const;

export type CallField = (typeof CALL_FIELDS)[number];
export type CallEditing = Editing<CallField>;
