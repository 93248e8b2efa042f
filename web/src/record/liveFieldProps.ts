// What every live field of a record takes.
import type { Editing } from "./useEditing";

export interface LiveFieldProps<K extends string> {
  editing: Editing<K>;
  field: K;
  label: string;
  placeholder?: string;
  /** The label is read out only. */
  bare?: boolean;
}
